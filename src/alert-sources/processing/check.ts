/** What is wrong with a template or a condition before any event has come, where, and what to change; null: nothing. */
export { conditionProblem as checkCondition } from './conditions.ts'
export { templateProblem as checkTemplate } from './templates.ts'

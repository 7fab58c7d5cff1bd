import { boundedLabels } from '../bounded-event.ts'
import type { InboundEvent } from '../event.ts'
import { conditionVariables, withEvent } from './condition-values.ts'
import { evaluateCondition } from './conditions.ts'
import type { EventRule, Processed, ProcessingStep } from './model.ts'
import { beginSearching } from './patterns.ts'
import { type ProcessingContext, variablesOf } from './variables.ts'

const MINUTE_MS = 60_000

/** What the rules make of an event. Each sees it as those before it left it; ACCEPT and DROP are the last word. */
export function applyRules(event: InboundEvent, rules: EventRule[], context: ProcessingContext): Processed {
  const processed: Processed = {
    ...{ event, droppedBy: null, escalationPolicyId: null, priority: null, suppress: null },
    steps: [],
  }
  if (rules.length === 0) return processed
  beginSearching()
  let variables = conditionVariables(variablesOf(event, context))
  let endedBy: string | null = null
  for (const rule of rules) {
    if (endedBy !== null) {
      processed.steps.push(step(rule, 'not-applied', `Not looked at: “${endedBy}” came before`))
      continue
    }
    const outcome = evaluateCondition(rule.condition, variables)
    if ('failed' in outcome) {
      processed.steps.push(step(rule, 'failed', outcome.failed))
    } else if ('undecided' in outcome) {
      processed.steps.push(step(rule, 'not-applied', `Does not hold: ${outcome.undecided}`))
    } else if (!outcome.holds) {
      processed.steps.push(step(rule, 'not-applied', 'Does not hold'))
    } else {
      applyRule(rule, processed)
      processed.steps.push(step(rule, 'applied', `Holds: ${effectsOf(rule, processed.event)}`))
      if (rule.action !== 'CONTINUE') endedBy = rule.name
      variables = withEvent(variables, processed.event)
    }
  }
  return processed
}

function applyRule(rule: EventRule, processed: Processed): void {
  const { name, action, priority, severity, escalationPolicyId, labels, suppress } = rule
  const { event } = processed
  if (action === 'DROP' && canBeDropped(event)) processed.droppedBy = name
  if (escalationPolicyId !== null) processed.escalationPolicyId = escalationPolicyId
  if (priority !== null) processed.priority = priority
  // What is over, or answered, must get through to what is open.
  if (suppress && event.type === 'ALERT') processed.suppress ??= { rule: name, ...suppress }
  processed.event = {
    ...event,
    ...(priority !== null && { priority }),
    ...(severity !== null && { severity }),
    ...(Object.keys(labels).length > 0 && { labels: withLabels(labels, event.labels) }),
  }
}

/** What is over, or answered, must get through to what is open. */
function canBeDropped({ type }: Pick<InboundEvent, 'type'>): boolean {
  return type === 'ALERT' || type === 'COMMENT'
}

/** The rule's own first: where there are too many, those of the sender give way. */
function withLabels(own: Record<string, string>, others: Record<string, string>): Record<string, string> {
  const rest = Object.entries(others).filter(([name]) => !Object.hasOwn(own, name))
  return boundedLabels(Object.fromEntries([...Object.entries(own), ...rest]))
}

function effectsOf(
  { action, priority, severity, escalationPolicyId, labels, suppress }: EventRule,
  { type }: Pick<InboundEvent, 'type'>,
): string {
  if (action === 'DROP' && !canBeDropped({ type })) return `drops no ${type}: what is open must hear of it`
  if (action === 'DROP') return 'drops the event'
  const effects = [
    priority && `priority ${priority}`,
    severity !== null && `severity ${severity}`,
    escalationPolicyId !== null && 'another escalation policy',
    ...Object.entries(labels).map(([name, value]) => `label ${name}=${value}`),
    suppress && type === 'ALERT' && `held back until ${suppress.events} came in ${minutesText(suppress.windowMs)}`,
    action === 'ACCEPT' && 'no further rule is looked at',
  ].filter((effect) => effect)
  return effects.join(', ') || 'changes nothing'
}

function minutesText(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS)
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}

function step({ name }: EventRule, outcome: ProcessingStep['outcome'], message: string): ProcessingStep {
  return { kind: 'rule', name, outcome, message }
}

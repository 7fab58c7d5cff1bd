import { checkCondition, checkTemplate } from '../alert-sources/processing/check.ts'
import type { EventRule, EventTemplates } from '../alert-sources/processing/model.ts'
import { Refusal } from '../directory/refusal.ts'
import { LIMITS } from '../limits.ts'
import type { EventRuleInput, EventTemplatesInput } from './schemas/event-processing.ts'

const MINUTE_MS = 60_000

/** Templates and rules in the API's shape. */
export interface ProcessingInput {
  templates?: EventTemplatesInput | null | undefined
  rules: EventRuleInput[]
}

/** Templates and rules as they are kept; null: there are no templates. */
export interface StoredProcessing {
  templates: EventTemplates | null
  rules: EventRule[]
}

/** Templates and rules as they are kept. Refuses what could never work, and says where it is wrong. */
export function processingOf(input: ProcessingInput): StoredProcessing {
  check(input)
  return uncheckedProcessing(input)
}

/** The same of what is still being written: what is wrong fails when it is tried. */
export function uncheckedProcessing({ templates, rules }: ProcessingInput): StoredProcessing {
  return { templates: templates ? templatesOf(templates) : null, rules: rules.map(ruleOf) }
}

/** Templates and rules as they were sent. */
export function presentProcessing({ templates, rules }: StoredProcessing): {
  templates: EventTemplatesInput | null
  rules: EventRuleInput[]
} {
  return { templates, rules: rules.map(presentRule) }
}

function check({ templates, rules }: ProcessingInput): void {
  const { links = [], ...fields } = templates ?? {}
  for (const [name, text] of Object.entries(fields)) {
    if (text?.trim()) refuse(checkTemplate(text), `templates.${name}`)
  }
  for (const [index, { href, text }] of links.entries()) {
    const field = `templates.links[${index}]`
    refuse(href.trim() ? checkTemplate(href) : 'it must not be empty', `${field}.href`)
    refuse(checkTemplate(text), `${field}.text`)
  }
  checkPolicies(rules)
  for (const [index, { condition, labels }] of rules.entries()) {
    refuse(checkCondition(condition), `rules[${index}].condition`)
    if (Object.keys(labels).length > LIMITS.labelsPerEvent) {
      refuse(`there must not be more than ${LIMITS.labelsPerEvent}`, `rules[${index}].labels`)
    }
  }
}

/** Every one of them is kept at the source, so that it can page while D1 is away. */
function checkPolicies(rules: EventRuleInput[]): void {
  const named = new Set<number>()
  for (const [index, { escalationPolicy }] of rules.entries()) {
    if (escalationPolicy) named.add(escalationPolicy.id)
    if (named.size > LIMITS.policiesPerSource) {
      const problem = `the rules of a source must not name more than ${LIMITS.policiesPerSource} different policies`
      refuse(problem, `rules[${index}].escalationPolicy.id`)
    }
  }
}

function refuse(problem: string | null, field: string): void {
  if (problem !== null) throw new Refusal('BAD_REQUEST', `${field}: ${problem}`, field)
}

/** Null: all of them are empty. */
function templatesOf({ links, ...fields }: EventTemplatesInput): EventTemplates | null {
  const { summary, details, incidentKey, priority, severity } = fields
  const templates = {
    summary: template(summary),
    details: template(details),
    incidentKey: template(incidentKey),
    priority: template(priority),
    severity: template(severity),
    links,
  }
  const empty = links.length === 0 && Object.values(fields).every((text) => template(text) === null)
  return empty ? null : templates
}

function template(text: string | null | undefined): string | null {
  return text?.trim() ? text : null
}

function ruleOf(rule: EventRuleInput): EventRule {
  const { name, condition, action, priority, severity, escalationPolicy, labels, suppress } = rule
  return {
    ...{ name, condition, action, labels },
    priority: priority ?? null,
    severity: severity ?? null,
    escalationPolicyId: escalationPolicy?.id ?? null,
    suppress: suppress ? { events: suppress.events, windowMs: suppress.minutes * MINUTE_MS } : null,
  }
}

function presentRule({ escalationPolicyId, suppress, ...rule }: EventRule): EventRuleInput {
  return {
    ...rule,
    escalationPolicy: escalationPolicyId === null ? null : { id: escalationPolicyId },
    suppress: suppress && { events: suppress.events, minutes: suppress.windowMs / MINUTE_MS },
  }
}

import type { EventRule, EventTemplates, Processing } from './model.ts'
import type { ProcessingContext } from './variables.ts'

export const CONTEXT: ProcessingContext = {
  source: { id: 5, name: 'Prometheus', shortName: 'PROM' },
  now: Date.UTC(2026, 0, 5, 12),
}

export const NO_TEMPLATES: EventTemplates = {
  ...{ summary: null, details: null, incidentKey: null, priority: null, severity: null },
  links: [],
}

export function templates(given: Partial<EventTemplates>): Processing {
  return { templates: { ...NO_TEMPLATES, ...given }, rules: [] }
}

export function rule(given: Partial<EventRule>): EventRule {
  return {
    ...{ name: 'Rule', condition: 'true', action: 'CONTINUE', priority: null, severity: null },
    ...{ escalationPolicyId: null, labels: {}, suppress: null },
    ...given,
  }
}

export function rules(...given: Partial<EventRule>[]): Processing {
  return { templates: NO_TEMPLATES, rules: given.map(rule) }
}

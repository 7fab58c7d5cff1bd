import type { InboundEvent, Priority } from '../event.ts'

/** Liquid templates over an event: what one renders, if anything, takes the field's place. */
export interface EventTemplates {
  summary: string | null
  details: string | null
  incidentKey: string | null
  /** Renders HIGH or LOW. */
  priority: string | null
  /** Renders 1 to 5, or a word such as "critical". */
  severity: string | null
  links: { href: string; text: string }[]
}

/** What is done with an event of which a condition holds. Rules are gone through in their order. */
export interface EventRule {
  name: string
  /** CEL over `event`, `payload` and `now`; must be true or false. */
  condition: string
  /** ACCEPT: take the event, look at no further rule. DROP: record it and do nothing. CONTINUE: go on with the next. */
  action: 'CONTINUE' | 'ACCEPT' | 'DROP'
  priority: Priority | null
  /** 1 to 5 */
  severity: number | null
  /** Pages by this policy instead of the source's. */
  escalationPolicyId: number | null
  labels: Record<string, string>
  /** Holds events back until so many came within the window; null: does not. */
  suppress: { events: number; windowMs: number } | null
}

export interface Processing {
  templates: EventTemplates
  rules: EventRule[]
}

/** What templates and rules made of an event. */
export interface Processed {
  event: InboundEvent
  /** The rule that drops it; null: none does. */
  droppedBy: string | null
  escalationPolicyId: number | null
  /** What a template or rule decided; overrules the source's own priority rule. Null: none did. */
  priority: Priority | null
  /** Held back until enough came; counted per rule. */
  suppress: { rule: string; events: number; windowMs: number } | null
  /** What each template and rule did, in order: for the tester, and the failures for the event log. */
  steps: ProcessingStep[]
}

export interface ProcessingStep {
  kind: 'template' | 'rule'
  /** The template's field or the rule's name. */
  name: string
  outcome: 'applied' | 'not-applied' | 'failed'
  /** In words: what it rendered or set, or why it failed. A failing template or rule is skipped: the event is not lost. */
  message: string
}

import type * as z from 'zod'
import type { AlertSource } from '../../../../api/schemas/alert-source.ts'
import type { EventTemplatesInput, eventRule } from '../../../../api/schemas/event-processing.ts'

type RuleInput = z.input<typeof eventRule>
type Action = NonNullable<RuleInput['action']>

/** Templates and rules as they are being written. */
export interface Draft {
  templates: TemplatesDraft
  rules: RuleDraft[]
}

export interface TemplatesDraft extends Record<TextTemplate, string> {
  links: { key: number; href: string; text: string }[]
}

export type TextTemplate = 'summary' | 'details' | 'incidentKey' | 'priority' | 'severity'

export interface RuleDraft {
  /** Which one it is while the list is changed. */
  key: number
  name: string
  condition: string
  action: Action
  /** In the fields of a form, nothing chosen is ''. */
  priority: '' | 'HIGH' | 'LOW'
  severity: string
  escalationPolicy: string
  /** One "name=value" a line. */
  labels: string
  suppress: { events: number | undefined; minutes: number | undefined } | null
}

/** What the API is sent. */
export interface ProcessingInput {
  templates: EventTemplatesInput | null
  rules: RuleInput[]
}

export function draftOf({ templates, rules }: Pick<AlertSource, 'templates' | 'rules'>): Draft {
  return {
    templates: {
      summary: templates?.summary ?? '',
      details: templates?.details ?? '',
      incidentKey: templates?.incidentKey ?? '',
      priority: templates?.priority ?? '',
      severity: templates?.severity ?? '',
      links: (templates?.links ?? []).map((link) => ({ key: newKey(), ...link })),
    },
    rules: rules.map((rule) => ({
      ...{ key: newKey(), name: rule.name, condition: rule.condition, action: rule.action },
      priority: rule.priority ?? '',
      severity: rule.severity ? String(rule.severity) : '',
      escalationPolicy: rule.escalationPolicy ? String(rule.escalationPolicy.id) : '',
      labels: Object.entries(rule.labels)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
      suppress: rule.suppress ?? null,
    })),
  }
}

export function newRule(given: Partial<RuleDraft> = {}): RuleDraft {
  return {
    ...{ key: newKey(), name: '', condition: '', action: 'CONTINUE', priority: '', severity: '' },
    ...{ escalationPolicy: '', labels: '', suppress: null },
    ...given,
  }
}

export function newLink(): Draft['templates']['links'][number] {
  return { key: newKey(), href: '', text: '' }
}

export function inputOfDraft({ templates, rules }: Draft): ProcessingInput {
  const { links, ...texts } = templates
  const isEmpty = links.length === 0 && Object.values(texts).every((text) => text.trim() === '')
  return {
    templates: isEmpty ? null : { ...texts, links: links.map(({ href, text }) => ({ href, text })) },
    rules: rules.map(({ name, condition, action, priority, severity, escalationPolicy, labels, suppress }) => ({
      ...{ name, condition, action },
      // A dropped event gets nothing else.
      ...(action === 'DROP'
        ? { priority: null, severity: null, escalationPolicy: null, labels: {}, suppress: null }
        : {
            priority: priority || null,
            severity: severity ? Number(severity) : null,
            escalationPolicy: escalationPolicy ? { id: Number(escalationPolicy) } : null,
            labels: labelsOf(labels),
            suppress: suppress as RuleInput['suppress'],
          }),
    })),
  }
}

/** What can be tried before all is filled in: a rule without a condition does not hold. */
export function triableInput(draft: Draft): ProcessingInput {
  const { templates, rules } = inputOfDraft(draft)
  return {
    templates,
    rules: rules.map((rule, index) => ({
      ...rule,
      name: rule.name.trim() || `Rule ${index + 1}`,
      condition: rule.condition.trim() || 'false',
      suppress: isComplete(rule.suppress) ? rule.suppress : null,
    })),
  }
}

function isComplete(suppress: RuleInput['suppress']): boolean {
  return Number.isInteger(suppress?.events) && Number.isInteger(suppress?.minutes)
}

function labelsOf(lines: string): Record<string, string> {
  const pairs = lines.split('\n').flatMap((line): [string, string][] => {
    const [name = '', ...value] = line.split('=')
    return name.trim() ? [[name.trim(), value.join('=').trim()]] : []
  })
  return Object.fromEntries(pairs)
}

let keys = 0

function newKey(): number {
  keys += 1
  return keys
}

import { LIMITS } from '../../limits.ts'
import { boundedKey, boundedLinks, cutText, isWebAddress, oneLine } from '../bounded-event.ts'
import type { EventLink, InboundEvent, Priority } from '../event.ts'
import { severityLevel } from '../tools/severity.ts'
import type { EventTemplates, ProcessingStep } from './model.ts'
import { type Rendered, renderTemplate } from './templates.ts'
import { type ProcessingContext, type Variables, variablesOf } from './variables.ts'

export interface Templated {
  event: InboundEvent
  /** Null: no template rendered one. */
  priority: Priority | null
  steps: ProcessingStep[]
}

/** What the templates render takes the fields' places. All of them see the event as it came. */
export async function applyTemplates(
  event: InboundEvent,
  templates: EventTemplates,
  context: ProcessingContext,
): Promise<Templated> {
  if (!hasTemplates(templates)) return { event, priority: null, steps: [] }
  const variables = variablesOf(event, context)
  const steps: ProcessingStep[] = []
  const changes: Partial<InboundEvent> = {}
  for (const [field, set] of Object.entries(FIELDS)) {
    const template = templates[field as keyof typeof FIELDS]
    if (!template?.trim()) continue
    steps.push(
      await stepOf(field, renderTemplate(template, variables), async (text) => {
        const outcome = await set(text)
        if ('failed' in outcome) return outcome
        Object.assign(changes, outcome)
        return { applied: `Rendered “${cutText(oneLine(text), SHOWN_CHARACTERS)}”` }
      }),
    )
  }
  const links: EventLink[] = []
  for (const [index, link] of templates.links.entries()) {
    steps.push(await linkStep(`links[${index}]`, link, variables, links))
  }
  if (links.length > 0) changes.links = withLinks(links, event.links)
  return { event: { ...event, ...changes }, priority: changes.priority ?? null, steps }
}

/** Characters of what a template rendered that its step tells. */
const SHOWN_CHARACTERS = 200

type Change = Partial<InboundEvent> | { failed: string }

/** What a field becomes by a rendered text, or what that must be. */
const FIELDS: Record<Exclude<keyof EventTemplates, 'links'>, (text: string) => Change | Promise<Change>> = {
  summary: (text) => ({ summary: cutText(oneLine(text), LIMITS.summaryCharacters) }),
  details: (text) => ({ details: cutText(text, LIMITS.detailsCharacters) }),
  incidentKey: async (text) => ({ key: await boundedKey(text) }),
  priority: (text) => {
    const priority = text.toUpperCase()
    if (priority === 'HIGH' || priority === 'LOW') return { priority }
    return { failed: `Rendered “${cutText(oneLine(text), 40)}”, but a priority is HIGH or LOW` }
  },
  severity: (text) => {
    const severity = /^[1-5]$/.test(text) ? Number(text) : severityLevel(text)
    if (severity !== null) return { severity }
    return { failed: `Rendered “${cutText(oneLine(text), 40)}”, but a severity is 1 to 5 or a word such as critical` }
  },
}

function hasTemplates({ links, ...fields }: EventTemplates): boolean {
  return links.length > 0 || Object.values(fields).some((template) => template?.trim())
}

async function stepOf(
  name: string,
  rendered: Rendered,
  apply: (text: string) => Promise<{ applied: string } | { failed: string }>,
): Promise<ProcessingStep> {
  if ('failed' in rendered) return { kind: 'template', name, outcome: 'failed', message: rendered.failed }
  if (rendered.text === '') {
    return { kind: 'template', name, outcome: 'not-applied', message: 'Rendered nothing: it stays as it came' }
  }
  const applied = await apply(rendered.text)
  if ('failed' in applied) return { kind: 'template', name, outcome: 'failed', message: applied.failed }
  return { kind: 'template', name, outcome: 'applied', message: applied.applied }
}

function linkStep(
  name: string,
  template: EventTemplates['links'][number],
  variables: Variables,
  links: EventLink[],
): Promise<ProcessingStep> {
  return stepOf(name, renderTemplate(template.href, variables), async (href) => {
    if (!isWebAddress(href)) {
      return { failed: `Rendered “${cutText(oneLine(href), 80)}”, but a link is an address that begins with https://` }
    }
    const text = renderTemplate(template.text, variables)
    if ('failed' in text) return text
    links.push({ href, ...(text.text && { text: text.text }) })
    return { applied: `Rendered “${cutText(href, SHOWN_CHARACTERS)}”` }
  })
}

/** In front of those of the tool; each address once. */
function withLinks(rendered: EventLink[], links: EventLink[]): EventLink[] {
  const hrefs = new Set(rendered.map(({ href }) => href))
  return boundedLinks([...rendered, ...links.filter(({ href }) => !hrefs.has(href))])
}

import type { TextTemplate } from './draft.ts'

/** What the templates' fields are called, and what one could look like. */
export const TEMPLATES: Record<TextTemplate, { label: string; description: string; placeholder: string }> = {
  summary: {
    label: 'Summary',
    description: 'What people read first',
    placeholder: '{{ payload.host }}: {{ event.summary }}',
  },
  details: {
    label: 'Details',
    description: 'Markdown, such as a table of what was measured',
    placeholder: 'Value: {{ payload.value }}',
  },
  incidentKey: {
    label: 'Incident key',
    description: 'Events with the same key are the same problem, its end included',
    placeholder: '{{ payload.host }}/{{ payload.check }}',
  },
  priority: {
    label: 'Priority',
    description: 'HIGH or LOW',
    placeholder: '{% if payload.env == "prod" %}HIGH{% else %}LOW{% endif %}',
  },
  severity: {
    label: 'Severity',
    description: '1 (worst) to 5, or a word such as critical or warning',
    placeholder: '{{ payload.level }}',
  },
}

/** "links[0]" as "Link 1". */
export function templateName(name: string): string {
  const link = /^links\[(\d+)\]$/.exec(name)?.[1]
  return link ? `Link ${Number(link) + 1}` : (TEMPLATES[name as TextTemplate]?.label ?? name)
}

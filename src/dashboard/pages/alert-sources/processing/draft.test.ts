import { describe, it } from 'vitest'
import * as z from 'zod'
import {
  type EventRuleInput,
  type EventTemplatesInput,
  eventRule,
  eventTemplates,
} from '../../../../api/schemas/event-processing.ts'
import { draftOf, inputOfDraft, newLink, newRule, triableInput } from './draft.ts'

const schema = z.object({ templates: eventTemplates.nullable(), rules: z.array(eventRule) })
const SAVED: { templates: EventTemplatesInput; rules: EventRuleInput[] } = {
  templates: {
    ...{ summary: '{{ payload.host }}', details: '', incidentKey: '', priority: '', severity: '' },
    links: [{ href: 'https://example.com', text: 'Wiki' }],
  },
  rules: [
    {
      ...{ name: 'Team', condition: 'event.severity <= 2', action: 'ACCEPT', priority: 'HIGH' },
      ...{ severity: 1, escalationPolicy: { id: 7 }, labels: { team: 'db', note: 'a=b' } },
      suppress: { events: 3, minutes: 5 },
    },
    {
      ...{ name: 'Tests', condition: 'true', action: 'DROP', priority: null, severity: null },
      ...{ escalationPolicy: null, labels: {}, suppress: null },
    },
  ],
}
const NONE = { templates: null, rules: [] }

describe('a draft of templates and rules', () => {
  it('says what was saved', ({ expect }) => {
    expect(inputOfDraft(draftOf(SAVED))).toEqual(SAVED)
    expect(schema.parse(inputOfDraft(draftOf(SAVED)))).toEqual(SAVED)
    expect(inputOfDraft(draftOf(NONE))).toEqual(NONE)
  })

  it('reads a label a line', ({ expect }) => {
    const rules = [newRule({ labels: ' team = db \n\nnote=a=b\nempty' })]
    expect(inputOfDraft({ ...draftOf(NONE), rules }).rules[0]?.labels).toEqual({ team: 'db', note: 'a=b', empty: '' })
  })

  it('forgets what a rule that drops would have set', ({ expect }) => {
    const [rule] = inputOfDraft({
      ...draftOf(NONE),
      rules: [newRule({ action: 'DROP', severity: '2', labels: 'a=b' })],
    }).rules
    expect(rule).toMatchObject({ action: 'DROP', severity: null, labels: {} })
  })

  it('can be tried before it is filled in', ({ expect }) => {
    const draft = draftOf(NONE)
    draft.rules.push(newRule({ suppress: { events: undefined, minutes: 5 } }))
    draft.templates.links.push(newLink())
    expect(schema.safeParse(inputOfDraft(draft)).success).toBe(false)
    expect(schema.parse(triableInput(draft))).toMatchObject({
      templates: { links: [{ href: '', text: '' }] },
      rules: [{ name: 'Rule 1', condition: 'false', suppress: null }],
    })
  })
})

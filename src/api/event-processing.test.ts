import { beforeAll, describe, it } from 'vitest'
import type { AlertSource } from './schemas/alert-source.ts'
import type { EscalationPolicy } from './schemas/escalation-policy.ts'
import type { TriedProcessing } from './schemas/event-processing.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

let ada: Client
let policy: EscalationPolicy
let source: AlertSource
beforeAll(async () => {
  ada = await deployment()
  policy = await ada.policy([1])
  source = await ada.post<AlertSource>('/alert-sources', { name: 'Web hooks', escalationPolicy: { id: policy.id } })
})

const json = (body: object, via = 'json') => ({ via, body: JSON.stringify(body) })
const attempt = (request: object, processing: object = {}) =>
  ada.post<TriedProcessing>(`/alert-sources/${source.id}/try`, { request, ...processing })

const RULES = [
  { name: 'Tests', condition: 'payload.stage == "test"', action: 'DROP' },
  { name: 'Team', condition: 'event.labels.team == "db"', severity: 2, labels: { tier: 'one' } },
]
const TEMPLATES = {
  summary: '{{ payload.host }}: {{ event.summary }}',
  links: [{ href: 'https://wiki/{{ payload.host }}', text: '' }],
}

describe('trying templates and rules', () => {
  it('tells of each event what becomes of it', async ({ expect }) => {
    const request = json([
      { summary: 'Disk full', key: 'disk', host: 'db-1', labels: { team: 'db' } },
      { summary: 'Disk full', host: 'db-2', stage: 'test' },
    ] as object)
    const rules = [...RULES, { name: 'Page', condition: 'event.severity == 2', escalationPolicy: { id: policy.id } }]
    const { events, more, problem } = await attempt(request, { templates: TEMPLATES, rules })
    expect({ more, problem }).toEqual({ more: 0, problem: null })
    expect(events).toMatchObject([
      {
        ...{ eventType: 'ALERT', summary: 'db-1: Disk full', incidentKey: 'disk', severity: 2, droppedBy: null },
        ...{ labels: { team: 'db', tier: 'one' }, links: [{ href: 'https://wiki/db-1' }] },
        escalationPolicy: { id: policy.id, name: policy.name },
      },
      { summary: 'db-2: Disk full', droppedBy: 'Tests', escalationPolicy: null },
    ])
    expect(events[1]?.steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      ...['summary applied', 'links[0] applied', 'Tests applied', 'Team not-applied', 'Page not-applied'],
    ])
  })

  it('reads what came by every way in', async ({ expect }) => {
    const summaryOf = async (request: object) => (await attempt(request)).events.map(({ summary }) => summary)
    expect(await summaryOf(json({ eventType: 'ALERT', summary: 'By the Event API' }, 'event-api'))).toEqual([
      'By the Event API',
    ])
    const payload = { summary: 'Through PagerDuty’s', source: 'web-1', severity: 'error' }
    expect(await summaryOf(json({ routing_key: '***', event_action: 'trigger', payload }, 'pagerduty-v2'))).toEqual([
      payload.summary,
    ])
    expect(await summaryOf(json({ message: 'Through Opsgenie’s' }, 'opsgenie'))).toEqual(['Through Opsgenie’s'])
    expect(
      await summaryOf({
        via: 'goalert',
        body: 'summary=Through+GoAlert',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      }),
    ).toEqual(['Through GoAlert'])
    const mail = { from: 'a@example.com', to: ['x@example.com'], subject: 'By mail', text: 'Body' }
    expect(await summaryOf(json(mail, 'email'))).toEqual(['By mail'])
  })

  it('says why there is nothing to try', async ({ expect }) => {
    expect(await attempt({ via: 'json', body: 'not json' })).toEqual({
      ...{ events: [], more: 0, ignored: null },
      problem: 'The body is not valid JSON.',
    })
    expect((await attempt({ via: 'json', body: '{"cut": …' })).problem).toMatch(/only the beginning/)
    expect((await attempt({ via: 'nothing', body: '{}' })).problem).toMatch(/no reader “nothing”/)
    expect((await attempt(json({ from: '+491', text: 'x' }, 'sms'))).ignored).toMatch(/takes no text messages/)
  })

  it('shows the first of many', async ({ expect }) => {
    const many = Array.from({ length: 50 }, (_, n) => ({ summary: `Event ${n}` }))
    const { events, more } = await attempt(json(many as object))
    expect([events.length, more]).toEqual([20, 30])
  })

  it('says what is wrong with what is still being written', async ({ expect }) => {
    const templates = { summary: '{{ x | y }}', links: [{ href: '', text: '' }] }
    const rules = [{ name: 'Half', condition: 'payload.x ==' }, RULES[1]]
    const [tried] = (await attempt(json({ summary: 'Disk full' }), { templates, rules })).events
    expect(tried?.summary).toBe('Disk full')
    expect(tried?.steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      ...['summary failed', 'links[0] not-applied', 'Half failed', 'Team not-applied'],
    ])
  })

  it('is refused where a rule names a policy that there is not', async ({ expect }) => {
    const rules = [{ ...RULES[0], escalationPolicy: { id: 99 } }]
    expect(await ada.refused('POST', `/alert-sources/${source.id}/try`, { request: json({}), rules })).toMatchObject({
      ...{ status: 400, field: 'rules[0].escalationPolicy.id' },
    })
  })

  it('is for administrators, and of sources that there are', async ({ expect }) => {
    const { id } = await ada.person('Ben')
    const ben = await clientOf(id)
    expect(await ben.refused('POST', `/alert-sources/${source.id}/try`, { request: json({}) })).toMatchObject({
      status: 403,
    })
    expect(await ada.refused('POST', '/alert-sources/999/try', { request: json({}) })).toMatchObject({ status: 404 })
  })
})

describe('templates and rules of an alert source', () => {
  it('come back as they were sent', async ({ expect }) => {
    const rules = [
      { ...RULES[1], action: 'CONTINUE', suppress: { events: 3, minutes: 5 }, escalationPolicy: { id: policy.id } },
    ]
    const saved = await ada.put<AlertSource>(`/alert-sources/${source.id}`, { ...source, templates: TEMPLATES, rules })
    expect(saved).toMatchObject({ templates: TEMPLATES, rules })
    expect(await ada.put<AlertSource>(`/alert-sources/${source.id}`, { ...saved })).toMatchObject({
      templates: TEMPLATES,
      rules,
    })
    const emptied = await ada.put<AlertSource>(`/alert-sources/${source.id}`, {
      ...saved,
      templates: { summary: ' ' },
      rules: [],
    })
    expect(emptied).toMatchObject({ templates: null, rules: [] })
  })

  it('are refused where they could never work', async ({ expect }) => {
    const refused = (fields: object) => ada.refused('PUT', `/alert-sources/${source.id}`, { ...source, ...fields })
    expect(await refused({ templates: { details: '{{ x | y }}' } })).toMatchObject({
      ...{
        status: 400,
        field: 'templates.details',
        message: 'templates.details: Character 1: there is no filter “y”.',
      },
    })
    expect(await refused({ templates: { links: [{ href: ' ', text: 'x' }] } })).toMatchObject({
      ...{ status: 400, field: 'templates.links[0].href' },
    })
    expect(await refused({ rules: [RULES[0], { name: 'x', condition: '1 + 1' }] })).toMatchObject({
      ...{ status: 400, field: 'rules[1].condition' },
    })
    const labels = Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`l${n}`, 'x']))
    expect(await refused({ rules: [{ ...RULES[0], labels }] })).toMatchObject({ status: 400, field: 'rules[0].labels' })
  })
})

import { describe } from 'vitest'
import type { LoggedEvent } from '../../src/api/schemas/logged-event.ts'
import { MINUTE } from './harness/clock.ts'
import { settle } from './harness/settle.ts'
import { it, sms, type TestSource, type Tocsin } from './harness/tocsin.ts'

const never = { timeouts: [10_000] }

/** Pages Ann; what rules choose pages Ben. */
async function aSource(tocsin: Tocsin, options: (policies: { ofBen: number }) => object) {
  const ann = await tocsin.user('Ann', sms())
  const ben = await tocsin.user('Ben', sms())
  const ofBen = await tocsin.policy([[ben]], never)
  const source = await tocsin.source(await tocsin.policy([[ann]], never), options({ ofBen: ofBen.id }))
  return { ann, ben, source }
}

function logOf(tocsin: Tocsin, { source }: TestSource): Promise<LoggedEvent[]> {
  return tocsin.api.get(`/alert-sources/${source.id}/events`)
}

describe('an alert source with templates', () => {
  it('opens incidents that say what the templates render', async ({ tocsin, expect }) => {
    const { ann, source } = await aSource(tocsin, () => ({
      templates: {
        ...{ summary: '{{ payload.host }}: {{ event.summary }}', incidentKey: '{{ payload.host }}' },
        ...{
          severity: '{{ payload.level }}',
          links: [{ href: 'https://wiki.example.com/{{ payload.host }}', text: 'Runbook' }],
        },
      },
    }))
    const reference = await source.alert('Disk full', {
      alertKey: 'disk',
      customDetails: { host: 'db-1', level: 'warning' },
    })
    await ann.getsSms('db-1: Disk full')
    expect(await tocsin.incident(reference)).toMatchObject({
      ...{ summary: 'db-1: Disk full', incidentKey: 'db-1', severity: 3 },
      links: [{ href: 'https://wiki.example.com/db-1', text: 'Runbook' }],
    })
    await source.event({ eventType: 'RESOLVE', alertKey: 'disk', customDetails: { host: 'db-1' } })
    expect(await tocsin.incident(reference)).toMatchObject({ status: 'RESOLVED' })
  })
})

describe('an alert source with rules', () => {
  it('drops what a rule drops, and the log names the rule', async ({ tocsin, expect }) => {
    const { ann, source } = await aSource(tocsin, () => ({
      rules: [{ name: 'No tests', condition: 'event.labels.env == "test"', action: 'DROP' }],
    }))
    expect(await source.alert('Not for people', { labels: { env: 'test' } })).toBe('')
    await source.alert('For people', { labels: { env: 'prod' } })
    await ann.getsSms('For people')
    const [, dropped] = await logOf(tocsin, source)
    expect(dropped).toMatchObject({
      outcome: 'DROPPED',
      summary: 'Not for people',
      reason: expect.stringContaining('“No tests”'),
    })
  })

  it('pages by the policy that a rule chooses', async ({ tocsin }) => {
    const { ann, ben, source } = await aSource(tocsin, ({ ofBen }) => ({
      rules: [{ name: 'Database', condition: 'event.labels.team == "db"', escalationPolicy: { id: ofBen } }],
    }))
    await source.alert('Of the database', { labels: { team: 'db' } })
    await ben.getsSms('Of the database')
    await source.alert('Of the web')
    await ann.getsSms('Of the web')
  })

  it('opens with the priority, severity and labels that a rule sets', async ({ tocsin, expect }) => {
    const { ann, source } = await aSource(tocsin, () => ({
      rules: [
        { name: 'Mild', condition: 'event.severity >= 4', priority: 'LOW', severity: 5, labels: { noise: 'yes' } },
      ],
    }))
    const reference = await source.alert('A little thing', { severity: 4 })
    await ann.getsMail('A little thing')
    expect(await tocsin.incident(reference)).toMatchObject({ priority: 'LOW', severity: 5, labels: { noise: 'yes' } })
  })

  it('holds events back until enough came in time', async ({ tocsin, expect }) => {
    const { ann, source } = await aSource(tocsin, () => ({
      rules: [{ name: 'Flapping', condition: 'true', suppress: { events: 3, minutes: 5 } }],
    }))
    const flap = () => source.alert('Link down', { alertKey: 'link' })
    expect(await flap()).toBe('')
    await tocsin.pass(6 * MINUTE)
    expect(await flap()).toBe('')
    await tocsin.pass(MINUTE)
    expect(await flap()).toBe('')
    await tocsin.pass(MINUTE)
    expect(await flap()).not.toBe('')
    await ann.getsSms('Link down')
    expect((await logOf(tocsin, source)).map(({ outcome }) => outcome)).toEqual([
      'OPENED',
      ...['SUPPRESSED', 'SUPPRESSED', 'SUPPRESSED'],
    ])
    await source.resolve('link')
    expect((await tocsin.listed('?states=RESOLVED', 1))[0]?.summary).toBe('Link down')
  })

  it('loses no event over a template or rule that fails, and says so in the log', async ({ tocsin, expect }) => {
    const { ann, source } = await aSource(tocsin, () => ({
      templates: { severity: '{{ payload.level }}' },
      rules: [
        { name: 'Compares texts', condition: 'payload.count > 3', action: 'DROP' },
        { name: 'Works', condition: 'true', labels: { seen: 'yes' } },
      ],
    }))
    const reference = await source.alert('Queue too long', { customDetails: { count: 'many', level: 'so so' } })
    await ann.getsSms('Queue too long')
    expect(await tocsin.incident(reference)).toMatchObject({ severity: null, labels: { seen: 'yes' } })
    await settle()
    const [logged] = await logOf(tocsin, source)
    expect(logged?.outcome).toBe('OPENED')
    expect(logged?.notes.join('\n')).toMatch(/severity.*so so[\s\S]*Compares texts.*text > number/)
  })

  it('goes by a change of its rules at once', async ({ tocsin }) => {
    const { ann, source } = await aSource(tocsin, () => ({
      rules: [{ name: 'All', condition: 'true', action: 'DROP' }],
    }))
    await source.alert('Before')
    await tocsin.api.put(`/alert-sources/${source.source.id}`, { ...source.source, rules: [] })
    await settle()
    await source.alert('After')
    await ann.getsSms('After')
  })
})

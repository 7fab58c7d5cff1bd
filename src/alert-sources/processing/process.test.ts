import { describe, it } from 'vitest'
import { anEvent } from '../event.fixtures.ts'
import { processEvent } from './process.ts'
import { CONTEXT, NO_TEMPLATES, rule, rules, templates } from './processing.fixtures.ts'

const EVENT = anEvent({
  ...{ key: 'disk', labels: { team: 'db' }, links: [{ href: 'https://tool.example.com/1' }] },
  customDetails: { host: 'db-1', severity: 'critical', empty: '' },
})

const withTemplates = (given: Parameters<typeof templates>[0]) => processEvent(EVENT, templates(given), CONTEXT)
const withRules = (...given: Parameters<typeof rules>) => processEvent(EVENT, rules(...given), CONTEXT)

describe('templates', () => {
  it('take the fields’ places, each seeing the event as it came', async ({ expect }) => {
    const { event, priority, steps } = await withTemplates({
      summary: 'Disk of {{ payload.host }}',
      details: '{{ event.summary }}',
      incidentKey: '{{ payload.host }}/disk',
      priority: 'low',
      severity: '{{ payload.severity }}',
      links: [{ href: 'https://wiki.example.com/{{ payload.host }}', text: 'Runbook' }],
    })
    expect(event).toEqual({
      ...EVENT,
      ...{ summary: 'Disk of db-1', details: EVENT.summary, key: 'db-1/disk', priority: 'LOW', severity: 1 },
      links: [{ href: 'https://wiki.example.com/db-1', text: 'Runbook' }, { href: 'https://tool.example.com/1' }],
    })
    expect(priority).toBe('LOW')
    expect(steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(
      ['summary', 'details', 'incidentKey', 'priority', 'severity', 'links[0]'].map((name) => `${name} applied`),
    )
  })

  it('that render nothing leave the field as it came', async ({ expect }) => {
    const { event, steps } = await withTemplates({
      ...{ summary: '{{ payload.empty }} ', incidentKey: '{{ payload.absent }}' },
      links: [{ href: '{{ payload.url }}', text: 'x' }],
    })
    expect(event).toEqual(EVENT)
    expect(steps.map(({ outcome }) => outcome)).toEqual(['not-applied', 'not-applied', 'not-applied'])
  })

  it('that render what the field can’t be fail, and the event goes on', async ({ expect }) => {
    const { event, steps } = await withTemplates({
      ...{ summary: '{{ payload.host | nonsense }}', priority: 'urgent', severity: '7' },
      links: [{ href: 'javascript:alert(1)', text: 'x' }],
    })
    expect(event).toEqual(EVENT)
    expect(steps.map(({ outcome, message }) => `${outcome}: ${message}`)).toEqual([
      'failed: Character 1: there is no filter “nonsense”.',
      'failed: Rendered “urgent”, but a priority is HIGH or LOW',
      'failed: Rendered “7”, but a severity is 1 to 5 or a word such as critical',
      'failed: Rendered “javascript:alert(1)”, but a link is an address that begins with https://',
    ])
  })

  it('keep within what an event may have', async ({ expect }) => {
    const { event } = await withTemplates({
      ...{ summary: `a\n  b ${'x'.repeat(2000)}`, incidentKey: 'k'.repeat(1000) },
      links: Array.from({ length: 10 }, (_, n) => ({ href: `https://example.com/${n}`, text: '' })),
    })
    expect(event.summary).toMatch(/^a b x+…$/)
    expect(event.summary.length).toBe(1024)
    expect(event.key).toMatch(/^k+~[0-9a-f]{64}$/)
    expect(event.links).toHaveLength(11)
  })
})

describe('rules', () => {
  it('are gone through in their order, on what the templates and those before left', async ({ expect }) => {
    const { event, priority, escalationPolicyId } = await processEvent(
      EVENT,
      {
        templates: { ...NO_TEMPLATES, severity: '3' },
        rules: [
          rule({ condition: 'event.severity == 3', labels: { stage: 'one', team: 'web' }, severity: 2 }),
          rule({
            condition: 'event.severity == 2 && event.labels.stage == "one"',
            priority: 'LOW',
            escalationPolicyId: 7,
          }),
          rule({ condition: 'event.priority == "LOW"', escalationPolicyId: 8 }),
          rule({ condition: 'event.severity == 3', escalationPolicyId: 9 }),
        ],
      },
      CONTEXT,
    )
    expect(event).toEqual({ ...EVENT, severity: 2, priority: 'LOW', labels: { stage: 'one', team: 'web' } })
    expect({ priority, escalationPolicyId }).toEqual({ priority: 'LOW', escalationPolicyId: 8 })
  })

  it('end with the first that accepts', async ({ expect }) => {
    const { event, droppedBy, steps } = await withRules(
      { name: 'Not this', condition: 'event.type == "RESOLVE"', action: 'DROP' },
      { name: 'Keep', severity: 1, action: 'ACCEPT' },
      { name: 'Drop the rest', action: 'DROP' },
    )
    expect({ droppedBy, severity: event.severity }).toEqual({ droppedBy: null, severity: 1 })
    expect(steps.map(({ outcome, message }) => `${outcome}: ${message}`)).toEqual([
      'not-applied: Does not hold',
      'applied: Holds: severity 1, no further rule is looked at',
      'not-applied: Not looked at: “Keep” came before',
    ])
  })

  it('end with the first that drops, and name it', async ({ expect }) => {
    const { droppedBy, escalationPolicyId } = await withRules(
      { name: 'Drop tests', condition: 'payload.host == "db-1"', action: 'DROP' },
      { escalationPolicyId: 7 },
    )
    expect({ droppedBy, escalationPolicyId }).toEqual({ droppedBy: 'Drop tests', escalationPolicyId: null })
  })

  it('drop nothing that an open incident must hear', async ({ expect }) => {
    const over = { ...EVENT, type: 'RESOLVE' as const }
    const { droppedBy, steps } = await processEvent(over, rules({ name: 'All', action: 'DROP' }), CONTEXT)
    expect(droppedBy).toBeNull()
    expect(steps[0]?.message).toBe('Holds: drops no RESOLVE: what is open must hear of it')
  })

  it('look for patterns in so much text an event, and no more', async ({ expect }) => {
    const text = 'a'.repeat(4096)
    const event = anEvent({
      customDetails: Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`f${n}`, text + n])),
    })
    const many = Array.from({ length: 50 }, (_, n) => ({
      name: `Rule ${n}`,
      condition: Array.from({ length: 4 }, (_, m) => `re(payload.f${n * 4 + m}, "b${n}_${m}")`).join(' || '),
    }))
    const outcomes = async () =>
      (await processEvent(event, rules(...many), CONTEXT)).steps.map(({ outcome }) => outcome)
    const first = await outcomes()
    expect(first.slice(0, 10)).not.toContain('failed')
    expect(first.at(-1)).toBe('failed')
    // The next event has all of it again.
    expect((await outcomes()).slice(0, 10)).not.toContain('failed')
  })

  it('hold back by the first that does so, and only alerts', async ({ expect }) => {
    const held = [
      { name: 'First', suppress: { events: 3, windowMs: 300_000 } },
      { name: 'Second', suppress: { events: 9, windowMs: 60_000 } },
    ]
    expect((await withRules(...held)).suppress).toEqual({ rule: 'First', events: 3, windowMs: 300_000 })
    expect((await processEvent({ ...EVENT, type: 'RESOLVE' }, rules(...held), CONTEXT)).suppress).toBeNull()
  })

  it('that fail or are undecided are skipped with words', async ({ expect }) => {
    const { event, steps } = await withRules(
      { condition: 'payload.host > 3', action: 'DROP' },
      { condition: 'this is not a condition', action: 'DROP' },
      { condition: 'payload.absent - 1 > 3', action: 'DROP' },
      { severity: 4 },
    )
    expect(event).toEqual({ ...EVENT, severity: 4 })
    expect(steps.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'not-applied', 'applied'])
    expect(steps[0]?.message).toMatch(/text > number/)
  })

  it('set labels within what an event may have', async ({ expect }) => {
    const full = anEvent({ labels: Object.fromEntries(Array.from({ length: 64 }, (_, n) => [`l${n}`, 'x'])) })
    const { event } = await processEvent(full, rules({ labels: { l3: 'y', own: 'z' } }), CONTEXT)
    expect(Object.keys(event.labels)).toHaveLength(64)
    expect(event.labels).toMatchObject({ l3: 'y', own: 'z', l0: 'x' })
  })
})

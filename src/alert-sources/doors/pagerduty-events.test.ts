import fc from 'fast-check'
import { describe, it } from 'vitest'
import { errorOfKey, readChange, readEventV1, readEventV2 } from './pagerduty-events.ts'

const KEY = 'abcdefghijklmnopqrstuvwxyz234567'

const trigger = {
  routing_key: KEY,
  event_action: 'trigger',
  dedup_key: 'web-1/disk',
  payload: { summary: 'Disk full on web-1', source: 'web-1', severity: 'critical' },
}

function v2(body: unknown) {
  const read = readEventV2(JSON.stringify(body), 'new-key')
  if (!('event' in read)) throw new Error(JSON.stringify(read))
  return read
}

function errorsOf(read: object): string[] {
  return 'errors' in read ? (read.errors as string[]) : []
}

describe('an event of version 2', () => {
  it('is read in full', ({ expect }) => {
    const read = v2({
      ...trigger,
      payload: {
        ...trigger.payload,
        timestamp: '2015-07-17T08:42:58.315+0000',
        component: 'mysql',
        group: 'prod',
        class: 'disk',
        custom_details: { free: '0 B', mounts: ['/'] },
      },
      images: [
        { src: 'https://example.com/graph.png', href: 'https://example.com/', alt: 'A graph' },
        { src: 'http://example.com/plain.png' },
      ],
      links: [{ href: 'https://example.com/run', text: 'Runbook' }],
      client: 'Grafana',
      client_url: 'https://grafana.example.com/',
    })
    expect(read).toEqual({
      routingKey: KEY,
      dedupKey: 'web-1/disk',
      event: {
        type: 'ALERT',
        key: 'web-1/disk',
        summary: 'Disk full on web-1',
        details: null,
        severity: 1,
        links: [
          { href: 'https://example.com/run', text: 'Runbook' },
          { href: 'https://grafana.example.com/', text: 'Grafana' },
        ],
        images: [{ src: 'https://example.com/graph.png', href: 'https://example.com/', alt: 'A graph' }],
        labels: {
          severity: 'critical',
          source: 'web-1',
          component: 'mysql',
          group: 'prod',
          class: 'disk',
          timestamp: '2015-07-17T08:42:58.315Z',
          client: 'Grafana',
        },
        customDetails: { free: '0 B', mounts: ['/'] },
      },
    })
  })

  it.for([
    ['trigger', 'ALERT'],
    ['acknowledge', 'ACCEPT'],
    ['resolve', 'RESOLVE'],
  ] as const)('%s is %s', ([event_action, type], { expect }) => {
    expect(v2({ ...trigger, event_action }).event).toMatchObject({ type, key: 'web-1/disk' })
  })

  it('needs no payload to acknowledge or resolve, and its own key', ({ expect }) => {
    const bare = { routing_key: KEY, event_action: 'resolve', dedup_key: 48213 }
    expect(v2(bare)).toMatchObject({ dedupKey: '48213', event: { type: 'RESOLVE', key: '48213' } })
    expect(errorsOf(readEventV2(JSON.stringify({ ...bare, dedup_key: '' }), 'new-key'))).toEqual([
      expect.stringContaining("'dedup_key'"),
    ])
  })

  it.for([undefined, null, '', '  '])('gets a new key where it triggers with %j', (dedup_key, { expect }) => {
    expect(v2({ ...trigger, dedup_key })).toMatchObject({ dedupKey: 'new-key', event: { key: 'new-key' } })
  })

  it.for([
    ['critical', 1],
    ['error', 2],
    ['warning', 3],
    ['info', 5],
  ] as const)('severity %s is level %i', ([severity, level], { expect }) => {
    expect(v2({ ...trigger, payload: { ...trigger.payload, severity } }).event.severity).toBe(level)
  })

  it.for([
    ['2026-01-05T12:00:00', '2026-01-05T12:00:00.000Z'],
    ['2026-01-05T12:00:00Z', '2026-01-05T12:00:00.000Z'],
    ['2026-01-05T12:00:00.123456789Z', '2026-01-05T12:00:00.123Z'],
    ['2026-01-05T12:00:00+0130', '2026-01-05T10:30:00.000Z'],
    ['2026-01-05T12:00:00-01:30', '2026-01-05T13:30:00.000Z'],
    ['2026-99-05T12:00:00Z', undefined],
    ['yesterday', undefined],
  ] as const)('its timestamp %s is %s', ([timestamp, label], { expect }) => {
    const { labels } = v2({ ...trigger, payload: { ...trigger.payload, timestamp } }).event
    expect(labels?.timestamp).toBe(label)
  })

  it('may have details that are text', ({ expect }) => {
    const { event } = v2({ ...trigger, payload: { ...trigger.payload, custom_details: 'Nothing left' } })
    expect(event).toMatchObject({ details: 'Nothing left', customDetails: null })
  })

  it('keeps an image whose own link is none', ({ expect }) => {
    const images = [{ src: 'https://example.com/a.png', href: 'javascript:alert(1)' }]
    expect(v2({ ...trigger, images }).event.images).toEqual([
      { src: 'https://example.com/a.png', href: null, alt: null },
    ])
  })

  it.for([
    ['event_action', { ...trigger, event_action: 'open' }],
    ['event_action', { ...trigger, event_action: undefined }],
    ['payload', { ...trigger, payload: null }],
    ['payload', { ...trigger, payload: [] }],
    ['payload.summary', { ...trigger, payload: { ...trigger.payload, summary: ' ' } }],
    ['payload.source', { ...trigger, payload: { ...trigger.payload, source: undefined } }],
    ['payload.severity', { ...trigger, payload: { ...trigger.payload, severity: undefined } }],
    ['payload.severity', { ...trigger, payload: { ...trigger.payload, severity: 'page' } }],
  ] as const)('with a wrong %s is refused by its name', ([field, body], { expect }) => {
    expect(errorsOf(readEventV2(JSON.stringify(body), 'new-key'))).toEqual([expect.stringContaining(`'${field}'`)])
  })

  it('is said to be wrong in all that is wrong', ({ expect }) => {
    expect(errorsOf(readEventV2(JSON.stringify({ ...trigger, payload: {} }), 'new-key'))).toHaveLength(3)
  })
})

describe('an event of version 1', () => {
  it('is read in full', ({ expect }) => {
    const body = {
      service_key: KEY,
      event_type: 'trigger',
      incident_key: 'db-backup',
      description: 'db-backup is DOWN',
      client: 'Healthchecks',
      client_url: 'https://checks.example.com/1',
      details: { Project: 'Backups', 'Total pings': 812 },
      contexts: [
        { type: 'link', href: 'https://example.com/run', text: 'Runbook' },
        { type: 'image', src: 'https://example.com/a.png' },
        { type: 'other', href: 'https://example.com/other' },
      ],
    }
    expect(readEventV1(JSON.stringify(body), 'new-key')).toEqual({
      routingKey: KEY,
      dedupKey: 'db-backup',
      event: {
        type: 'ALERT',
        key: 'db-backup',
        summary: 'db-backup is DOWN',
        details: null,
        links: [
          { href: 'https://example.com/run', text: 'Runbook' },
          { href: 'https://checks.example.com/1', text: 'Healthchecks' },
        ],
        images: [{ src: 'https://example.com/a.png', href: null, alt: null }],
        labels: { client: 'Healthchecks' },
        customDetails: { Project: 'Backups', 'Total pings': 812 },
      },
    })
  })

  it('may carry the fields of version 2, empty', ({ expect }) => {
    const body = { service_key: KEY, incident_key: 'k', event_type: 'trigger', description: 'Down' }
    const withEmpty = { ...body, event_action: '', dedup_key: '', payload: null, images: [], links: [] }
    expect(readEventV1(JSON.stringify(withEmpty), 'new-key')).toEqual(readEventV1(JSON.stringify(body), 'new-key'))
  })

  it.for([
    ['event_type', { event_type: 'open' }],
    ['description', { event_type: 'trigger' }],
    ['incident_key', { event_type: 'resolve' }],
  ] as const)('with a wrong %s is refused by its name', ([field, body], { expect }) => {
    expect(errorsOf(readEventV1(JSON.stringify(body), 'new-key'))).toEqual([expect.stringContaining(`'${field}'`)])
  })
})

describe('a change event', () => {
  it('needs a summary', ({ expect }) => {
    const body = { routing_key: KEY, payload: { summary: 'Deployed 1.2.3', source: 'ci' } }
    expect(readChange(JSON.stringify(body))).toEqual({ routingKey: KEY, summary: 'Deployed 1.2.3' })
    expect(errorsOf(readChange('{}'))).toEqual([expect.stringContaining("'payload.summary'")])
  })
})

describe('whatever is sent', () => {
  it.for(['', '{', '[]', 'null', '"trigger"', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`])(
    'that is no event is not recognized: %.20s',
    (text, { expect }) => {
      for (const read of [readEventV1, readEventV2, readChange]) {
        expect(read(text, 'new-key')).toEqual({ unrecognized: expect.stringContaining('JSON parse error') })
      }
    },
  )

  it('never fails otherwise than by a refusal', ({ expect }) => {
    const body = fc.record(
      {
        event_action: fc.oneof(fc.constantFrom('trigger', 'acknowledge', 'resolve'), fc.jsonValue()),
        event_type: fc.oneof(fc.constantFrom('trigger', 'resolve'), fc.jsonValue()),
        dedup_key: fc.jsonValue(),
        description: fc.jsonValue(),
        payload: fc.oneof(
          fc.jsonValue(),
          fc.record({ summary: fc.jsonValue(), severity: fc.jsonValue(), custom_details: fc.jsonValue() }),
        ),
        links: fc.jsonValue(),
        images: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(body, (sent) => {
        for (const read of [readEventV1, readEventV2, readChange]) {
          const result = read(JSON.stringify(sent), 'new-key')
          if ('errors' in result) expect(result.errors.length).toBeGreaterThan(0)
          else if ('event' in result) expect(result.event.key).toBe(result.dedupKey)
        }
      }),
    )
  })
})

describe('a key', () => {
  it('is wrong by its looks where it has not 32 characters', ({ expect }) => {
    expect(errorOfKey(KEY, 'routing_key')).toBeNull()
    expect(errorOfKey('short', 'routing_key')).toBe("Length of 'routing_key' is incorrect (should be 32 characters)")
    expect(errorOfKey('', 'service_key')).toContain("'service_key' is missing")
  })
})

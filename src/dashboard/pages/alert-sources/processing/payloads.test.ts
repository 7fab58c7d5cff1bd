import { describe, it } from 'vitest'
import type { LoggedEvent } from '../../../../api/schemas/logged-event.ts'
import { readable, readerOf, readersFor, requestsIn } from './payloads.ts'

function logged(id: number, via: string | null): LoggedEvent {
  const request = via === null ? null : { via, method: 'POST', headers: {}, query: {}, body: '{}' }
  return {
    ...{ id, timestamp: '2040-01-04T09:00:00Z', outcome: 'OPENED', reason: null, incident: null, eventType: 'ALERT' },
    ...{ incidentKey: null, summary: `Event ${id}`, notes: [], request },
  }
}

describe('what can be tried', () => {
  it('is each request that the log has', ({ expect }) => {
    const log = [logged(3, 'prometheus'), logged(2, null), logged(1, 'pagerduty-v2')]
    expect(requestsIn(log).map(({ id }) => id)).toEqual([3, 1])
    const readers = readersFor({ integrationType: 'PROMETHEUS' }, log)
    expect(readers.slice(0, 2)).toEqual(['prometheus', 'pagerduty-v2'])
    expect(new Set(readers).size).toBe(readers.length)
  })

  it('is read by the source’s own reader, unless told otherwise', ({ expect }) => {
    const reader = (integrationType: string) => readerOf({ integrationType })
    expect(['API', 'EMAIL', 'UPTIME_KUMA'].map(reader)).toEqual(['event-api', 'email', 'uptime-kuma'])
  })

  it('is shown so that people can read it', ({ expect }) => {
    expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}')
    expect(readable('a=1&b=2')).toBe('a=1&b=2')
  })
})

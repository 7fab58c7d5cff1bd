import { describe, expect, it } from 'vitest'
import { sensu } from './sensu.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const event = (check = {}) => ({
  entity: { metadata: { name: 'web-1', namespace: 'default', labels: { region: 'eu' } } },
  check: {
    metadata: { name: 'check-http' },
    status: 2,
    output: 'CRITICAL: refused\nmore',
    is_silenced: false,
    ...check,
  },
})

describe('Sensu Go', () => {
  it.each([
    [1, 'ALERT', 'WARNING'],
    [2, 'ALERT', 'CRITICAL'],
    [127, 'ALERT', 'UNKNOWN'],
    [0, 'RESOLVE', 'OK'],
  ])('reads the status %i', (status, type, severity) => {
    expect(readOne(sensu, event({ status }))).toMatchObject({ type, severity, key: 'web-1/check-http' })
  })

  it('says the first line of the output', () => {
    expect(readOne(sensu, event())).toMatchObject({
      ...{ summary: 'web-1/check-http is CRITICAL: CRITICAL: refused', details: 'CRITICAL: refused\nmore' },
      labels: { region: 'eu', check: 'check-http' },
    })
  })

  it('keeps quiet for what is silenced, but not about its end', () => {
    expect(sensu.read(requestOf(event({ is_silenced: true })))).toMatchObject({ events: [] })
    expect(readOne(sensu, event({ is_silenced: true, status: 0 })).type).toBe('RESOLVE')
  })

  it('says what is missing', () => {
    expect(() => readOne(sensu, {})).toThrow(/check/)
    expect(() => readOne(sensu, event({ status: 'bad' }))).toThrow(/check\.status/)
    expect(sensu.read(requestOf({ entity: {}, metrics: {} })).events).toEqual([])
  })
})

describe('the other forms of Sensu', () => {
  it('reads Sensu Core', () => {
    const body = { client: { name: 'web-1' }, action: 'create', check: { name: 'disk', status: 2, output: 'full' } }
    expect(readOne(sensu, body)).toMatchObject({ type: 'ALERT', key: 'web-1/disk' })
    expect(readOne(sensu, { ...body, action: 'resolve' }).type).toBe('RESOLVE')
  })

  it('reads the event of iLert’s handler', () => {
    expect(readOne(sensu, { eventType: 'ACCEPT', alertKey: 'k' })).toMatchObject({ type: 'ACCEPT', key: 'k' })
  })
})

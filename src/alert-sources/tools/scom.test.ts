import { describe, expect, it } from 'vitest'
import { scom } from './scom.ts'
import { readOne } from './tool-request.fixtures.ts'

const report = (eventType: string, more = {}) => ({
  ...{ apiKey: 's3cret', eventType, alertId: '{7F9D3C1E-52F4-4B0E-9A53-0D1C2B3A4F5E}' },
  payload: {
    summary: '[CRITICAL]: SQL01 - Heartbeat',
    description: 'No heartbeat',
    severity: 'CRITICAL',
    source: 'SQL01',
  },
  ...more,
})

describe('System Center Operations Manager', () => {
  it.each([
    ['alert', 'ALERT'],
    ['accepted', 'ACCEPT'],
    ['resolved', 'RESOLVE'],
  ])('reads “%s” of iLert’s script', (eventType, type) => {
    expect(readOne(scom, report(eventType))).toMatchObject({
      ...{ type, key: '7f9d3c1e-52f4-4b0e-9a53-0d1c2b3a4f5e', severity: 'CRITICAL', details: 'No heartbeat' },
    })
  })

  it('shows nobody the integration key', () => {
    expect(JSON.stringify(readOne(scom, report('alert')))).not.toContain('s3cret')
  })

  it('reads what our own script sends', () => {
    expect(
      readOne(scom, { eventType: 'ACCEPT', alertKey: 'a', summary: 'SQL01: Heartbeat', severity: 'Error' }),
    ).toMatchObject({ type: 'ACCEPT', key: 'a', severity: 'Error' })
  })

  it('says what is missing', () => {
    expect(() => readOne(scom, report('alert', { alertId: null }))).toThrow(/alertId/)
    expect(() => readOne(scom, report('new'))).toThrow(/eventType/)
  })
})

import { describe, expect, it } from 'vitest'
import { parseShiftAddress } from './coverage-requests.ts'
import { parseDeliveryFilter } from './deliveries.ts'
import { parseSimulationAddress } from './simulation.ts'

const AT = '2026-11-29T02:00:00.000Z'

describe('the address of a simulation', () => {
  it.for([
    [
      { at: AT, priority: 'LOW' },
      { at: AT, priority: 'LOW' },
    ],
    [{ at: '2026-11-29T03:00+01:00' }, { at: '2026-11-29T03:00+01:00' }],
    [{ at: 'now' }, { at: 'now' }],
    [{ at: 'tomorrow', priority: 'URGENT' }, {}],
    [{ at: '2026-11-29T03:00' }, {}],
    [{ at: '2026-13-29T03:00Z' }, {}],
  ] as const)('%j says %j', ([search, address]) => {
    expect(parseSimulationAddress(search)).toEqual(address)
  })
})

describe('the address of a shift to be covered', () => {
  it.for([
    [
      { schedule: '3', start: AT, end: AT },
      { schedule: 3, start: AT, end: AT },
    ],
    [{ schedule: '-3', start: 'soon' }, {}],
    [{ schedule: 'primary' }, {}],
  ] as const)('%j says %j', ([search, address]) => {
    expect(parseShiftAddress(search)).toEqual(address)
  })
})

describe('the address of deliveries', () => {
  it.for([
    [
      {
        user: '3',
        method: 'SMS',
        outcome: 'REFUSED',
        provider: 'twilio',
        incident: 'PROM-42',
        from: AT,
        text: 'number',
      },
      { user: 3, method: 'SMS', outcome: 'REFUSED', provider: 'twilio', incident: 'PROM-42', from: AT, text: 'number' },
    ],
    [{ user: '-1', method: 'PIGEON', outcome: 'sent', provider: ' ', until: 'soon', text: '' }, {}],
    [{ user: '1.5', text: 'x'.repeat(200) }, { text: 'x'.repeat(100) }],
  ] as const)('%j says %j', ([search, address]) => {
    expect(parseDeliveryFilter(search)).toEqual(address)
  })
})

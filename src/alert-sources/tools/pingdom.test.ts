import { describe, it } from 'vitest'
import { pingdom } from './pingdom.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const check = (current_state: string, more = {}) => ({
  ...{ check_id: 803318, check_name: 'Shop', current_state, importance_level: 'HIGH', description: 'HTTP Error 503' },
  ...more,
})

describe('Pingdom', () => {
  it('opens and resolves a check', ({ expect }) => {
    expect(readOne(pingdom, check('DOWN'))).toMatchObject({
      ...{ type: 'ALERT', key: '803318', summary: 'Shop is down: HTTP Error 503', severity: 'HIGH', priority: null },
    })
    expect(readOne(pingdom, check('UP', { description: 'OK' }))).toMatchObject({
      ...{ type: 'RESOLVE', key: '803318', summary: 'Shop is up' },
    })
  })

  it('knows the words of transaction checks', ({ expect }) => {
    expect(readOne(pingdom, check('FAILING')).type).toBe('ALERT')
    expect(readOne(pingdom, check('SUCCESS')).type).toBe('RESOLVE')
  })

  it('asks for low priority where the check is of low importance', ({ expect }) => {
    expect(readOne(pingdom, check('DOWN', { importance_level: 'LOW' })).priority).toBe('LOW')
  })

  it('opens nothing for a state that is neither', ({ expect }) => {
    expect(pingdom.read(requestOf(check('UNKNOWN')))).toEqual({
      events: [],
      ignored: expect.stringContaining('UNKNOWN'),
    })
  })

  it('says which field is missing', ({ expect }) => {
    expect(() => readOne(pingdom, { check_id: 1 })).toThrow(/current_state/)
    expect(() => readOne(pingdom, { current_state: 'DOWN' })).toThrow(/check_id/)
  })
})

import { describe, it } from 'vitest'
import { site24x7 } from './site24x7.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const monitor = (STATUS: string) => ({ MONITORNAME: 'Shop', STATUS, INCIDENT_REASON: 'Timeout' })

describe('Site24x7', () => {
  it('opens on everything that is not well, and resolves when the monitor is up', ({ expect }) => {
    expect(readOne(site24x7, monitor('DOWN'))).toMatchObject({
      ...{ type: 'ALERT', key: 'Shop', summary: 'Shop is down: Timeout', severity: 'DOWN' },
    })
    expect(readOne(site24x7, monitor('CRITICAL')).type).toBe('ALERT')
    expect(readOne(site24x7, monitor('TROUBLE')).summary).toBe('Shop is in trouble: Timeout')
    expect(readOne(site24x7, monitor('UP'))).toMatchObject({ type: 'RESOLVE', key: 'Shop', severity: null })
  })

  it('takes the same as a form and in the query', ({ expect }) => {
    expect(readOne(site24x7, 'a=b', { form: monitor('DOWN') }).key).toBe('Shop')
    expect(readOne(site24x7, '', { query: monitor('DOWN') }).key).toBe('Shop')
  })

  it('opens nothing for a monitor that is suspended', ({ expect }) => {
    const reading = site24x7.read(requestOf(monitor('SUSPENDED')))
    expect(reading).toEqual({ events: [], ignored: expect.stringContaining('SUSPENDED') })
  })

  it('says which field is missing', ({ expect }) => {
    expect(() => readOne(site24x7, { MONITORNAME: 'Shop' })).toThrow(/STATUS/)
    expect(() => readOne(site24x7, { STATUS: 'DOWN' })).toThrow(/MONITORNAME/)
  })
})

import { describe, expect, it } from 'vitest'
import { readOne, requestOf } from './tool-request.fixtures.ts'
import { uptimeKuma } from './uptime-kuma.ts'

const report = (status: number) => ({
  heartbeat: { monitorID: 7, status, msg: 'timeout' },
  monitor: {
    ...{ id: 7, name: 'Shop API', pathName: 'Production / Shop API', url: 'https://shop.example.com', type: 'http' },
    tags: [{ name: 'severity', value: 'critical' }, { name: 'team' }, {}],
  },
  msg: '[Shop API] [🔴 Down] timeout',
})

describe('Uptime Kuma', () => {
  it('opens and resolves a monitor', () => {
    expect(readOne(uptimeKuma, report(0))).toMatchObject({
      ...{ type: 'ALERT', key: '7', summary: 'Production / Shop API is down: timeout', severity: 'critical' },
    })
    expect(readOne(uptimeKuma, report(1))).toMatchObject({ type: 'RESOLVE', key: '7' })
  })

  it.each([2, 3])('opens nothing for the status %i', (status) => {
    expect(uptimeKuma.read(requestOf(report(status)))).toMatchObject({ events: [] })
  })

  it('reads the form whose one field is the JSON', () => {
    expect(readOne(uptimeKuma, '--x', { form: { data: JSON.stringify(report(0)) } }).key).toBe('7')
  })

  it('reads a GET, whose query holds the parts', () => {
    const { heartbeat, monitor, msg } = report(0)
    const query = { heartbeat: JSON.stringify(heartbeat), monitor: JSON.stringify(monitor), msg }
    expect(readOne(uptimeKuma, '', { query })).toMatchObject({ type: 'ALERT', key: '7' })
    expect(
      readOne(uptimeKuma, '', { query: { heartbeat: 'null', monitor: 'null', msg: 'Hook Testing' } }).key,
    ).toBeNull()
  })

  it('opens an incident for the test, and one for each notice that something expires', () => {
    const notice = (msg: string) => ({ heartbeat: null, monitor: null, msg })
    expect(readOne(uptimeKuma, notice('Webhook Testing'))).toMatchObject({ type: 'ALERT', key: null })
    const expiring = '[Shop API] certificate will expire in 7 days'
    expect(readOne(uptimeKuma, notice(expiring))).toMatchObject({ type: 'ALERT', key: expiring, summary: expiring })
  })

  it('says what is missing', () => {
    expect(() => readOne(uptimeKuma, {})).toThrow(/heartbeat/)
    expect(() => readOne(uptimeKuma, report(9))).toThrow(/heartbeat\.status/)
    expect(() => readOne(uptimeKuma, '', { query: { heartbeat: '{' } })).toThrow(/JSON/)
  })
})

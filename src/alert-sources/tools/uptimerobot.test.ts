import { describe, it } from 'vitest'
import { Unreadable } from './tool.ts'
import { readOne } from './tool-request.fixtures.ts'
import { uptimeRobot } from './uptimerobot.ts'

const fields = (alertType: string, alertTypeFriendlyName: string) => ({
  ...{ monitorID: '78', monitorURL: 'https://shop.example.com/', monitorFriendlyName: 'Shop', alertType },
  ...{ alertTypeFriendlyName, alertDetails: 'HTTP 502' },
})

describe('UptimeRobot', () => {
  it('reads the query, JSON and a form alike', ({ expect }) => {
    const down = fields('1', 'Down')
    for (const event of [
      readOne(uptimeRobot, '', { query: down }),
      readOne(uptimeRobot, down),
      readOne(uptimeRobot, 'a=b', { form: down }),
    ])
      expect(event).toMatchObject({ type: 'ALERT', key: '78', summary: 'Shop is down: HTTP 502', severity: 'Down' })
  })

  it('resolves when the monitor is up', ({ expect }) => {
    expect(readOne(uptimeRobot, '', { query: fields('2', 'Up') })).toMatchObject({
      ...{ type: 'RESOLVE', key: '78', summary: 'Shop is up' },
    })
    expect(readOne(uptimeRobot, '', { query: { monitorID: '78', alertTypeFriendlyName: 'Up' } }).type).toBe('RESOLVE')
  })

  it('alerts on a certificate that expires', ({ expect }) => {
    expect(readOne(uptimeRobot, '', { query: fields('3', 'SSL expiry') })).toMatchObject({
      ...{ type: 'ALERT', summary: 'Shop: SSL expiry: HTTP 502' },
    })
  })

  it('takes a variable that was not filled in for missing', ({ expect }) => {
    const event = readOne(uptimeRobot, {
      ...fields('1', 'Down'),
      monitorID: '*monitorID*',
      alertDetails: '*alertDetails*',
    })
    expect(event).toMatchObject({ key: 'https://shop.example.com/', summary: 'Shop is down', details: null })
  })

  it('reads JSON whose texts were not escaped', ({ expect }) => {
    const body =
      '{"monitorID": "78", "monitorFriendlyName": "Shop", "alertType": "1", "alertDetails": "line one\nC:\\web"}'
    expect(readOne(uptimeRobot, body)).toMatchObject({ key: '78', details: 'line one C:\\web' })
  })

  it('says what to do where nothing came', ({ expect }) => {
    expect(() => readOne(uptimeRobot, '')).toThrow(Unreadable)
  })
})

import { describe, expect, it } from 'vitest'
import { readOne, requestOf } from './tool-request.fixtures.ts'
import { zabbix } from './zabbix.ts'

const macros = (more = {}) => ({
  '.ILERT.INCIDENT.SUMMARY': '',
  'EVENT.ID': '48213',
  'EVENT.NAME': 'High CPU utilization',
  'EVENT.NSEVERITY': '4',
  'EVENT.SEVERITY': 'High',
  'EVENT.VALUE': '1',
  'EVENT.ACK.STATUS': 'No',
  'EVENT.UPDATE.STATUS': '0',
  'EVENT.UPDATE.ACTION': '{EVENT.UPDATE.ACTION}',
  'EVENT.UPDATE.MESSAGE': '{EVENT.UPDATE.MESSAGE}',
  'EVENT.RECOVERY.VALUE': '{EVENT.RECOVERY.VALUE}',
  'EVENT.TAGS': 'component:cpu, url:http://x:80, lonely',
  'HOST.NAME': 'web-1',
  'ITEM.NAME2': '*UNKNOWN*',
  'TRIGGER.ID': '23112',
  'USER.FULLNAME': '{USER.FULLNAME}',
  'ZABBIX.URL': 'https://zabbix.example.com/',
  ...more,
})
const update = (action: string, more = {}) =>
  macros({
    'EVENT.UPDATE.STATUS': '1',
    'EVENT.UPDATE.ACTION': action,
    'EVENT.UPDATE.MESSAGE': 'Looking into it',
    'USER.FULLNAME': 'Jane Example',
    ...more,
  })

describe('the iLert media type of Zabbix', () => {
  it('opens a problem under the key that the media type looks up', () => {
    expect(readOne(zabbix, macros())).toMatchObject({
      ...{
        type: 'ALERT',
        key: 'zabbix-48213',
        summary: 'web-1: High CPU utilization',
        severity: '4',
        severityLevel: 2,
      },
      labels: { component: 'cpu', url: 'http://x:80', host: 'web-1', severity_name: 'High' },
    })
  })

  it('resolves by the event’s value', () => {
    expect(readOne(zabbix, macros({ 'EVENT.VALUE': '0' }))).toMatchObject({ type: 'RESOLVE', key: 'zabbix-48213' })
  })

  it.each([
    ['acknowledged', 'ACCEPT'],
    ['acknowledged and commented', 'ACCEPT'],
    ['unacknowledged', 'COMMENT'],
    ['commented', 'COMMENT'],
    ['changed severity from Warning to High', 'COMMENT'],
    ['closed', 'RESOLVE'],
  ])('reads an update that says “%s” as %s', (action, type) => {
    expect(readOne(zabbix, update(action))).toMatchObject({
      type,
      comments: [{ creator: 'Jane Example', content: 'Looking into it' }],
    })
  })

  it('does not take a later comment on an acknowledged problem for another acknowledgement', () => {
    expect(readOne(zabbix, update('commented', { 'EVENT.ACK.STATUS': 'Yes' })).type).toBe('COMMENT')
  })

  it('takes what was not expanded for missing', () => {
    const event = readOne(zabbix, macros({ 'ZABBIX.URL': '{$ZABBIX.URL}', 'HOST.NAME': '*UNKNOWN*' }))
    expect(event.links?.filter(({ href }) => href)).toEqual([])
    expect(event.summary).toBe('High CPU utilization')
    expect(event.comments).toEqual([])
    expect(JSON.stringify(event.payload)).not.toMatch(/\{EVENT|UNKNOWN/)
  })

  it('takes the summary that the media type was given', () => {
    expect(readOne(zabbix, macros({ '.ILERT.INCIDENT.SUMMARY': 'Call Bea' })).summary).toBe('Call Bea')
  })

  it('links to the event in Zabbix', () => {
    expect(readOne(zabbix, macros()).links).toContainEqual({
      href: 'https://zabbix.example.com/tr_events.php?triggerid=23112&eventid=48213',
      text: 'Zabbix',
    })
  })

  it('answers the test of the media type, which expands nothing', () => {
    expect(zabbix.read(requestOf(macros({ 'EVENT.ID': '{EVENT.ID}' })))).toMatchObject({
      events: [],
      ignored: expect.stringContaining('EVENT.ID'),
    })
  })

  it('says which macro is missing', () => {
    expect(() => zabbix.read(requestOf({ 'EVENT.NAME': 'x' }))).toThrow(/EVENT\.ID/)
  })
})

describe('the other senders of Zabbix', () => {
  it.each([
    ['alert', 'ALERT'],
    ['ack', 'ACCEPT'],
    ['resolve', 'RESOLVE'],
  ])('reads “%s” of iLert’s script', (event_type, type) => {
    const body = { api_key: 'secret', event_type, payload: { 'EVENT.ID': '5', 'TRIGGER.NAME': 'Disk full' } }
    const event = readOne(zabbix, body)
    expect(event).toMatchObject({ type, key: 'zabbix-5', summary: 'Disk full' })
    expect(JSON.stringify(event)).not.toContain('secret')
  })

  it('reads Grafana OnCall’s media type', () => {
    const body = { alert_uid: '5', title: 'Disk full', state: 'alerting', message: 'web-1' }
    expect(readOne(zabbix, body)).toMatchObject({ type: 'ALERT', key: 'zabbix-5', summary: 'Disk full' })
    expect(readOne(zabbix, { ...body, state: 'ok' }).type).toBe('RESOLVE')
  })
})

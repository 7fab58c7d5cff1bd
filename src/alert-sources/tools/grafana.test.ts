import { describe, expect, it } from 'vitest'
import { grafana } from './grafana.ts'
import { hmacHex } from './reading.fixtures.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const alert = (more = {}) => ({
  status: 'firing',
  labels: { alertname: 'Memory', grafana_folder: 'device' },
  annotations: { summary: 'High memory usage' },
  startsAt: '2026-01-05T10:00:00Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'https://grafana.example.com/alerting/grafana/a/view',
  fingerprint: 'e6349a25f5ef0e9e',
  values: { A: 93.4, C: 1 },
  ...more,
})
const group = (...alerts: unknown[]) => ({
  ...{
    version: '1',
    orgId: 1,
    status: 'firing',
    state: 'alerting',
    externalURL: 'https://grafana.example.com/',
    alerts,
  },
})

describe('Grafana’s alerting', () => {
  it('gives an event for each instance, by its fingerprint and its own status', () => {
    const { events } = grafana.read(requestOf(group(alert({ status: 'resolved', fingerprint: 'a' }), alert())))
    expect(events.map(({ type, key }) => [type, key])).toEqual([
      ['RESOLVE', 'a'],
      ['ALERT', 'e6349a25f5ef0e9e'],
    ])
  })

  it('names the rule and what it says, without saying it twice', () => {
    expect(readOne(grafana, group(alert())).summary).toBe('Memory: High memory usage')
    expect(readOne(grafana, group(alert({ annotations: { summary: 'Memory is full' } }))).summary).toBe(
      'Memory is full',
    )
    expect(readOne(grafana, group(alert({ annotations: {} }))).summary).toBe('Memory')
  })

  it('names the rule that has no data or fails, not Grafana’s stand-in', () => {
    const labels = { alertname: 'DatasourceNoData', rulename: 'Disk almost full' }
    const noData = alert({ labels, annotations: {}, values: null })
    expect(readOne(grafana, group(noData)).summary).toBe('Disk almost full (no data)')
    const failing = alert({ labels: { ...labels, alertname: 'DatasourceError' }, annotations: {}, values: null })
    expect(readOne(grafana, group(failing)).summary).toBe('Disk almost full (query error)')
  })

  it('shows the values, the picture and where to look and silence', () => {
    const more = { imageURL: 'https://grafana.example.com/1.png', silenceURL: 'https://grafana.example.com/silence' }
    const event = readOne(grafana, group(alert(more)))
    expect(event.details).toBe('A = 93.4, C = 1')
    expect(event.images).toEqual([{ src: 'https://grafana.example.com/1.png' }])
    expect(event.links?.flatMap(({ href, text }) => (href ? text : []))).toEqual(['Alert rule', 'Silence'])
  })

  it('says what is missing where the payload is a template of the customer’s', () => {
    expect(() => grafana.read(requestOf({ version: '1', text: 'x' }))).toThrow(/alerts.*generic JSON/s)
  })
})

describe('Grafana 8 and older', () => {
  const legacy = (state: string) => ({
    ...{ title: '[Alerting] CPU alert', ruleId: 7, ruleName: 'Zeta CPU alert', state, message: 'boom!' },
    ...{ ruleUrl: 'https://grafana.example.com/d/1', tags: { severity: 'high' } },
    evalMatches: [{ metric: 'user', value: 97 }],
  })

  it('opens and resolves by the rule’s id', () => {
    expect(readOne(grafana, legacy('alerting'))).toMatchObject({
      ...{ type: 'ALERT', key: '7', summary: 'Zeta CPU alert', details: 'boom!\n\nuser = 97', severity: 'high' },
    })
    expect(readOne(grafana, legacy('ok'))).toMatchObject({ type: 'RESOLVE', key: '7' })
  })

  it('alerts where there is no data', () => {
    expect(readOne(grafana, legacy('no_data'))).toMatchObject({ type: 'ALERT', summary: 'Zeta CPU alert: no data' })
  })

  it.each(['paused', 'pending'])('opens and resolves nothing while a rule is %s', (state) => {
    expect(grafana.read(requestOf(legacy(state)))).toMatchObject({
      events: [],
      ignored: expect.stringContaining(state),
    })
  })

  it('refuses a state that Grafana does not have', () => {
    expect(() => grafana.read(requestOf(legacy('broken')))).toThrow(/state/)
  })
})

describe('Grafana’s signature', () => {
  const secret = 'hush'
  const body = JSON.stringify(group(alert()))
  const verify = (headers: Record<string, string>) => grafana.signature?.verify(requestOf(body, { headers }), secret)

  it('is that of the body, or of the time and the body', async () => {
    expect(await verify({ 'x-grafana-alerting-signature': await hmacHex(body, secret) })).toBe(true)
    const timed = { 'x-grafana-alerting-timestamp': '1767607200' }
    const signature = await hmacHex(`1767607200:${body}`, secret)
    expect(await verify({ ...timed, 'x-grafana-alerting-signature': signature })).toBe(true)
    expect(await verify({ 'x-grafana-alerting-signature': signature })).toBe(false)
  })

  it('is wrong where it is missing or made with another secret', async () => {
    expect(await verify({})).toBe(false)
    expect(await verify({ 'x-grafana-alerting-signature': await hmacHex(body, 'other') })).toBe(false)
  })
})

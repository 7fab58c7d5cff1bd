import { describe, expect, it } from 'vitest'
import { prometheus } from './prometheus.ts'
import { lokiRuler, mimirRuler } from './rulers.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const alert = (more = {}) => ({
  status: 'firing',
  labels: { alertname: 'InstanceDown', instance: 'web-1:9100', severity: 'critical' },
  annotations: { summary: 'web-1 is down', description: 'For five minutes.' },
  startsAt: '2026-01-05T10:00:00Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.example.com/graph',
  fingerprint: 'c9e2a6bab6c90854',
  ...more,
})
const group = (alerts: unknown, more = {}) => ({
  ...{ version: '4', status: 'firing', receiver: 'tocsin', groupKey: '{}:{}', alerts },
  ...more,
})

describe('Alertmanager’s webhook', () => {
  it('gives an event for each alert, by its fingerprint and its own status', () => {
    const { events } = prometheus.read(
      requestOf(group([alert(), alert({ status: 'resolved', fingerprint: 'aa40a10f8a07751e' })])),
    )
    expect(events.map(({ type, key }) => [type, key])).toEqual([
      ['ALERT', 'c9e2a6bab6c90854'],
      ['RESOLVE', 'aa40a10f8a07751e'],
    ])
  })

  it('says what is wrong, how bad it is, and where to read on', () => {
    const annotations = { summary: 'web-1 is down', runbook_url: 'https://runbooks.example.com/1' }
    const labels = { alertname: 'X', severity: 'warning', url: 'https://shop.example.com', urlLabel: 'Shop' }
    const event = readOne(prometheus, group([alert({ labels, annotations })]))
    expect(event).toMatchObject({ summary: 'web-1 is down', severity: 'warning', labels })
    expect(event.links?.filter(({ href }) => href)).toEqual([
      { href: 'https://runbooks.example.com/1', text: 'Runbook' },
      { href: 'https://shop.example.com', text: 'Shop' },
      { href: 'http://prometheus.example.com/graph', text: 'Source' },
    ])
  })

  it('names an alert without a summary by its rule and instance', () => {
    expect(readOne(prometheus, group([alert({ annotations: {} })])).summary).toBe('InstanceDown on web-1:9100')
  })

  it('works out the fingerprint that old versions do not send', () => {
    const labels = { severity: 'critical', alertname: 'thing_dead' }
    expect(readOne(prometheus, group([alert({ fingerprint: undefined, labels })])).key).toBe('2f30fca22fdaa8ef')
  })

  it('goes by the status, not by an end that was never set', () => {
    expect(readOne(prometheus, group([alert({ status: 'resolved' })])).type).toBe('RESOLVE')
  })

  it('says that alerts were left out, in the details of those that fire', () => {
    expect(readOne(prometheus, group([alert()], { truncatedAlerts: 3 })).details).toMatch(/five minutes.*3 more/s)
    expect(readOne(prometheus, group([alert()], { truncatedAlerts: 0 })).details).toBe('For five minutes.')
  })

  it('does not lose the good alerts of a group over a broken one', () => {
    expect(readOne(prometheus, group([null, {}, 'x', alert()])).key).toBe('c9e2a6bab6c90854')
  })

  it('keeps what it repeats for each alert small', () => {
    const { payload } = readOne(prometheus, group([alert()], { groupKey: 'x'.repeat(100_000) }))
    expect(JSON.stringify(payload).length).toBeLessThan(2000)
  })

  it('says what is missing', () => {
    expect(() => prometheus.read(requestOf({ status: 'firing' }))).toThrow(/alerts.*missing/)
    expect(() => prometheus.read(requestOf(group([{ status: 'firing' }])))).toThrow(/labels/)
    expect(prometheus.read(requestOf(group([]))).ignored).toMatch(/no alerts/)
  })
})

describe.each([prometheus, lokiRuler, mimirRuler])('Alertmanager’s push API at $id', (tool) => {
  const receivedAt = Date.parse('2026-01-05T10:10:00Z')
  const pushed = (more = {}) => alert({ status: undefined, fingerprint: undefined, ...more })
  const read = (body: unknown) => tool.read({ ...requestOf(body), receivedAt }).events

  it('fires until the end that the sender gives has passed', () => {
    expect(read([pushed({ endsAt: '2026-01-05T10:14:00Z' })])[0]?.type).toBe('ALERT')
    expect(read([pushed({ endsAt: undefined })])[0]?.type).toBe('ALERT')
    expect(read([pushed()])[0]?.type).toBe('ALERT')
    expect(read([pushed({ endsAt: '2026-01-05T10:10:00.000000000Z' })])[0]?.type).toBe('RESOLVE')
  })

  it('has the key that Alertmanager would notify with, for the problem and its end', () => {
    const labels = { alertname: 'thing_dead', severity: 'critical', empty: '' }
    const events = read([pushed({ labels }), pushed({ labels, endsAt: '2026-01-05T10:01:00Z' })])
    expect(events.map(({ type, key }) => [type, key])).toEqual([
      ['ALERT', '2f30fca22fdaa8ef'],
      ['RESOLVE', '2f30fca22fdaa8ef'],
    ])
  })
})

describe('the set-up of Prometheus without an Alertmanager', () => {
  it('splits the address into what Prometheus asks for', () => {
    const steps = prometheus.setup({
      url: 'https://tocsin.example.com/api/v1/events/prometheus/k',
      origin: '',
      key: 'k',
    })
    const code = steps.map(({ snippet }) => snippet?.code).join('\n')
    expect(code).toContain('scheme: https')
    expect(code).toContain('path_prefix: /api/v1/events/prometheus/k\n')
    expect(code).toContain("targets: ['tocsin.example.com']")
  })
})

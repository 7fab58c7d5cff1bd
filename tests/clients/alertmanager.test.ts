import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rest } from '../../scripts/rest.ts'
import type { AlertSource } from '../../src/api/schemas/alert-source.ts'
import type { IncidentSummary } from '../../src/api/schemas/incident.ts'
import { Product } from '../product/product.ts'
import { findProgram } from '../product/program.ts'
import { createPerson, createSource } from '../product/team.ts'
import { Alertmanager, type PushedAlert } from './alertmanager-process.ts'

/**
 * Prometheus Alertmanager as its users have it, told by its configuration alone to report here: by its webhook, and as if
 * Tocsin were PagerDuty and Opsgenie. An optional test: it needs the program.
 */
const program = findProgram('prometheus-alertmanager', 'alertmanager')
const title = program
  ? 'Prometheus Alertmanager'
  : 'Prometheus Alertmanager (skipped: not installed here; on Debian: apt-get install prometheus-alertmanager)'

/** Alertmanager waits for its intervals, and the list of incidents is a moment behind. */
const POLL = { timeout: 60_000, interval: 200 }

/** Two groups, because Alertmanager groups by name. */
const ALERTS: PushedAlert[] = [
  alert('InstanceDown', 'web-1:9100', 'web-1 is down'),
  alert('InstanceDown', 'web-2:9100', 'web-2 is down'),
  alert('HighLoad', 'web-1:9100', 'The load of web-1 is high'),
]

describe.skipIf(!program)(title, () => {
  let product: Product
  let rest: Rest
  let alertmanager: Alertmanager
  let sources: Record<'webhook' | 'pagerduty' | 'opsgenie', AlertSource>

  beforeAll(async () => {
    product = await Product.start()
    rest = await product.rest()
    const person = await createPerson(rest, 'Priya', 31, [{ method: 'SMS', delayMs: 0 }])
    const levels = [{ userIds: [person], timeoutMs: 60 * 60_000 }]
    sources = {
      webhook: await createSource(rest, 'AMWEB', levels),
      pagerduty: await createSource(rest, 'AMPD', levels),
      opsgenie: await createSource(rest, 'AMOG', levels),
    }
    alertmanager = await Alertmanager.start(program ?? '', configuration(product.url, sources))
  })

  afterAll(async () => {
    await alertmanager?.stop()
    await product?.remove()
  })

  test('that fires opens one incident for each alert, or for each group where it speaks of groups', async () => {
    await alertmanager.push(ALERTS)
    await expect
      .poll(() => incidentsOf('webhook'), POLL)
      .toEqual(['The load of web-1 is high PENDING', 'web-1 is down PENDING', 'web-2 is down PENDING'])
    await expect
      .poll(() => incidentsOf('pagerduty'), POLL)
      .toEqual([
        expect.stringMatching(/FIRING:1.*HighLoad.*PENDING/),
        expect.stringMatching(/FIRING:2.*InstanceDown.*PENDING/),
      ])
    await expect
      .poll(() => incidentsOf('opsgenie'), POLL)
      .toEqual([
        expect.stringMatching(/FIRING:1.*HighLoad.*PENDING/),
        expect.stringMatching(/FIRING:2.*InstanceDown.*PENDING/),
      ])
  })

  test('that says an alert is over resolves its incident, and of a group when all are over', async () => {
    await alertmanager.push(over(ALERTS.slice(0, 1)))
    await expect
      .poll(() => incidentsOf('webhook'), POLL)
      .toEqual(['The load of web-1 is high PENDING', 'web-1 is down RESOLVED', 'web-2 is down PENDING'])
    expect(await statesOf('pagerduty')).toEqual(['PENDING', 'PENDING'])
    expect(await statesOf('opsgenie')).toEqual(['PENDING', 'PENDING'])
    await alertmanager.push(over(ALERTS))
    for (const [way, count] of [
      ['webhook', 3],
      ['pagerduty', 2],
      ['opsgenie', 2],
    ] as const) {
      await expect.poll(() => statesOf(way), POLL).toEqual(Array(count).fill('RESOLVED'))
    }
  })

  test('that fires again opens new incidents', async () => {
    await alertmanager.push(ALERTS.slice(0, 1))
    for (const [way, count] of [
      ['webhook', 3],
      ['pagerduty', 2],
      ['opsgenie', 2],
    ] as const) {
      await expect.poll(() => statesOf(way), POLL).toEqual(['PENDING', ...Array(count).fill('RESOLVED')])
    }
  })

  test('has found no fault with any answer', async () => {
    const failed = await alertmanager.counts('alertmanager_notifications_failed_total')
    const sent = await alertmanager.counts('alertmanager_notifications_total')
    for (const way of ['webhook', 'pagerduty', 'opsgenie']) {
      expect(sent.get(way), `notifications by ${way}`).toBeGreaterThanOrEqual(3)
      expect(failed.get(way) ?? 0, `failures by ${way}:\n${alertmanager.output}`).toBe(0)
    }
  })

  const listed = (way: keyof typeof sources) =>
    rest.get<IncidentSummary[]>(`/incidents?sources=${sources[way].id}&max-results=100`)
  const incidentsOf = async (way: keyof typeof sources) =>
    (await listed(way)).map(({ summary, status }) => `${summary} ${status}`).sort()
  const statesOf = async (way: keyof typeof sources) => (await listed(way)).map(({ status }) => status).sort()
})

function configuration(url: string, sources: Record<'webhook' | 'pagerduty' | 'opsgenie', AlertSource>): string {
  return `
route:
  receiver: tocsin
  group_by: [alertname]
  group_wait: 500ms
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: tocsin
    webhook_configs:
      - url: ${url}/api/v1/events/prometheus/${sources.webhook.integrationKey}
    pagerduty_configs:
      - routing_key: ${sources.pagerduty.integrationKey}
        url: ${url}/v2/enqueue
    opsgenie_configs:
      - api_key: ${sources.opsgenie.integrationKey}
        api_url: ${url}/
`
}

function alert(alertname: string, instance: string, summary: string): PushedAlert {
  return { labels: { alertname, instance, severity: 'critical' }, annotations: { summary } }
}

function over(alerts: PushedAlert[]): PushedAlert[] {
  return alerts.map((one) => ({ ...one, endsAt: new Date().toISOString() }))
}

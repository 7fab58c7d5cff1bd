import { createSource } from '../tests/product/team.ts'
import type { Deployment } from './deployment.ts'
import { post } from './load.ts'
import type { Measure } from './measure.ts'

const CONNECTIONS = 20
const ALERTS_PER_GROUP = 10
const GROUPS = 100
const REPEATS = 300

/** Alertmanager's webhook: groups of alerts, first new ones, then repeated as they are after each `repeat_interval`. */
export async function measureAlertmanager(deployment: Deployment): Promise<Measure[]> {
  const [user = 0] = await deployment.people(1)
  const source = await createSource(deployment.rest, 'PROM', [{ userIds: [user], timeoutMs: 60 * 60_000 }])
  const url = `${deployment.server.url}/api/v1/events/prometheus/${source.integrationKey}`
  const groups = Array.from({ length: GROUPS }, (_, group) => groupOf(group))
  const opened = await post(url, groups, GROUPS, CONNECTIONS)
  await deployment.untilDelivered(GROUPS * ALERTS_PER_GROUP, 180_000)
  const repeated = await post(url, groups, REPEATS, CONNECTIONS)
  const rate = (requests: number, { from, until }: { from: number; until: number }) =>
    (requests * ALERTS_PER_GROUP * 1000) / (until - from)
  const about = { unit: 'per s', target: 150, atLeast: true } as const
  return [
    {
      name: `events through Alertmanager’s door, ${ALERTS_PER_GROUP} a request, new`,
      value: rate(GROUPS, opened),
      ...about,
    },
    { name: `the same, repeated`, value: rate(REPEATS, repeated), ...about },
  ]
}

function groupOf(group: number): string {
  const alerts = Array.from({ length: ALERTS_PER_GROUP }, (_, index) => ({
    status: 'firing',
    labels: { alertname: 'InstanceDown', instance: `web-${group}-${index}.example.com:9100`, severity: 'critical' },
    annotations: { summary: `web-${group}-${index} has been down for more than 5 minutes` },
    startsAt: '2026-01-05T10:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus.example.com/graph',
    fingerprint: (group * ALERTS_PER_GROUP + index).toString(16).padStart(16, '0'),
  }))
  return JSON.stringify({
    ...{ version: '4', groupKey: `{}:{group="${group}"}`, truncatedAlerts: 0, status: 'firing', receiver: 'tocsin' },
    ...{
      groupLabels: {},
      commonLabels: {},
      commonAnnotations: {},
      externalURL: 'http://alertmanager.example.com',
      alerts,
    },
  })
}

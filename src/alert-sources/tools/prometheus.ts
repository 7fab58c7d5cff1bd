import { readAlertmanager } from './alertmanager-alerts.ts'
import type { Tool, ToolAddress } from './tool.ts'

const SAMPLE = {
  version: '4',
  groupKey: '{}:{alertname="InstanceDown"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'tocsin',
  groupLabels: { alertname: 'InstanceDown' },
  commonLabels: { alertname: 'InstanceDown', severity: 'critical' },
  commonAnnotations: {},
  externalURL: 'http://alertmanager.example.com:9093',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'InstanceDown', instance: 'web-1:9100', job: 'node', severity: 'critical' },
      annotations: {
        summary: 'web-1:9100 is down',
        description: 'web-1:9100 of job node has not answered for five minutes.',
        runbook_url: 'https://runbooks.example.com/InstanceDown',
      },
      startsAt: '2026-01-05T10:00:00.000Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus.example.com:9090/graph?g0.expr=up+%3D%3D+0',
      fingerprint: '5ef77f1f8a3ecfb7',
    },
  ],
}

export const prometheus: Tool = {
  id: 'prometheus',
  otherIds: ['alertmanager'],
  name: 'Prometheus Alertmanager',
  category: 'metrics',
  keywords: ['prometheus', 'alertmanager', 'victoriametrics', 'vmalert', 'thanos', 'node_exporter'],
  resolves: true,
  about: 'Each alert of Alertmanager becomes an incident of its own, and is resolved when Alertmanager says so.',
  setup: (address) => [
    {
      text: 'Add a receiver to `alertmanager.yml` and route to it. Keep `send_resolved: true`, or incidents stay open.',
      snippet: {
        language: 'yaml',
        caption: 'alertmanager.yml',
        code: `route:
  receiver: tocsin
  group_by: [alertname, cluster]
  group_wait: 10s
  repeat_interval: 4h

receivers:
  - name: tocsin
    webhook_configs:
      - url: '${address.url}'
        send_resolved: true
        max_alerts: 0`,
      },
    },
    {
      text: 'Check the file, reload Alertmanager and send a test alert. It resolves itself after five minutes.',
      snippet: {
        language: 'shell',
        code: `amtool check-config alertmanager.yml
curl -X POST http://localhost:9093/-/reload
amtool alert add TocsinTest severity=critical --annotation=summary='A test of Tocsin' --alertmanager.url=http://localhost:9093`,
      },
    },
    {
      text: 'The label `severity` becomes the severity; the annotations `summary`, `description` and `runbook_url` become the summary, the details and a link. The labels `url` and `urlLabel` add another link.',
    },
    {
      text: 'Without an Alertmanager, Prometheus can push here by itself. It says that an alert is over only while it runs: set an automatic resolution for the source as well.',
      snippet: { language: 'yaml', caption: 'prometheus.yml', code: pushingPrometheus(address) },
    },
  ],
  read: readAlertmanager,
  sample: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(SAMPLE) },
}

function pushingPrometheus({ url }: ToolAddress): string {
  const { protocol, host, pathname } = new URL(url)
  return `alerting:
  alertmanagers:
    - scheme: ${protocol.replace(':', '')}
      path_prefix: ${pathname}
      api_version: v2
      static_configs:
        - targets: ['${host}']`
}

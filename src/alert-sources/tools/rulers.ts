import { readAlertmanager } from './alertmanager-alerts.ts'
import type { Tool } from './tool.ts'

/** The rulers of Loki and Mimir push to an Alertmanager's API; for them this source is one. */

export const lokiRuler: Tool = {
  id: 'loki-ruler',
  otherIds: ['loki'],
  name: 'Grafana Loki ruler',
  category: 'logs',
  keywords: ['loki', 'logql', 'ruler', 'logs'],
  resolves: true,
  about: 'Alerts of Loki’s ruler, without an Alertmanager between.',
  setup: ({ url }) => [
    {
      text: 'Name this source as the Alertmanager of Loki’s ruler. Loki adds `/api/v2/alerts` to the address by itself.',
      snippet: {
        language: 'yaml',
        caption: 'loki.yaml',
        code: `ruler:
  alertmanager_url: ${url}
  enable_alertmanager_v2: true
  enable_api: true`,
      },
    },
    {
      text: 'Give each rule a `severity` label and a `summary` annotation. If Loki stops, it can’t say that an alert is over: set an automatic resolution for the source.',
      snippet: {
        language: 'yaml',
        caption: 'rules.yaml',
        code: `groups:
  - name: checkout
    rules:
      - alert: CheckoutErrors
        expr: sum(rate({app="checkout"} |= "error" [5m])) > 1
        for: 5m
        labels:
          severity: critical
        annotations:
          summary: Checkout logs more than one error a second`,
      },
    },
  ],
  read: readAlertmanager,
  sample: pushed('CheckoutErrors', 'Checkout logs more than one error a second'),
}

export const mimirRuler: Tool = {
  id: 'mimir-ruler',
  otherIds: ['mimir'],
  name: 'Grafana Mimir ruler',
  category: 'metrics',
  keywords: ['mimir', 'cortex', 'promql', 'ruler'],
  resolves: true,
  about: 'Alerts of Mimir’s ruler, without an Alertmanager between.',
  setup: ({ url }) => [
    {
      text: 'Name this source as the Alertmanager of Mimir’s ruler. Mimir adds `/api/v2/alerts` to the address by itself.',
      snippet: { language: 'yaml', caption: 'mimir.yaml', code: `ruler:\n  alertmanager_url: ${url}` },
    },
    {
      text: 'If you use Mimir’s own Alertmanager, follow the steps of **Prometheus Alertmanager** instead and load the file.',
      snippet: {
        language: 'shell',
        code: 'mimirtool alertmanager load alertmanager.yml --address=http://mimir:8080 --id=anonymous',
      },
    },
    {
      text: 'If Mimir stops, it can’t say that an alert is over: set an automatic resolution for the source.',
    },
  ],
  read: readAlertmanager,
  sample: pushed('HighRequestLatency', 'The 99th percentile of request latency is above one second'),
}

function pushed(alertname: string, summary: string): Tool['sample'] {
  const alert = {
    labels: { alertname, severity: 'critical', namespace: 'shop' },
    annotations: { summary },
    startsAt: '2026-01-05T10:00:00.000Z',
    // What a ruler sends while the alert fires: a little after its next message. Far away, for the sample never ends.
    endsAt: '9999-12-31T23:59:59Z',
    generatorURL: 'https://grafana.example.com/explore',
  }
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify([alert]) }
}

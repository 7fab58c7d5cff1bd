import type { EventType } from '../event.ts'
import { type Tool, Unreadable } from './tool.ts'

const TYPES: Record<string, EventType> = {
  firing: 'ALERT',
  triggered: 'ALERT',
  resolved: 'RESOLVE',
}

/** Gatus' ilert provider, and its custom provider with the body that we publish. */
export const gatus: Tool = {
  id: 'gatus',
  name: 'Gatus',
  category: 'uptime',
  keywords: ['gatus', 'health', 'status page', 'uptime'],
  resolves: true,
  about: 'Endpoints that fail their conditions, resolved when they meet them again.',
  setup: ({ url }) => [
    {
      text: 'Add the custom provider to Gatus’ configuration. Keep `send-on-resolved: true`, or incidents stay open.',
      snippet: {
        language: 'yaml',
        caption: 'config.yaml',
        code: `alerting:
  custom:
    url: '${url}'
    method: POST
    headers:
      Content-Type: application/json
    body: |
      {
        "name": "[ENDPOINT_NAME]",
        "group": "[ENDPOINT_GROUP]",
        "status": "[ALERT_TRIGGERED_OR_RESOLVED]",
        "details": "[ALERT_DESCRIPTION]",
        "url": "[ENDPOINT_URL]"
      }
    default-alert:
      enabled: true
      failure-threshold: 3
      success-threshold: 2
      send-on-resolved: true`,
      },
    },
    {
      text: 'Name the provider at each endpoint. Gatus puts descriptions into the body as they are: use no double quotes in them.',
      snippet: {
        language: 'yaml',
        caption: 'config.yaml',
        code: `endpoints:
  - name: checkout
    group: shop
    url: https://shop.example.com/health
    conditions:
      - "[STATUS] == 200"
    alerts:
      - type: custom
        description: health check failed`,
      },
    },
  ],
  read(request) {
    const body = request.json()
    const status = body.required('status').toLowerCase()
    const type = Object.hasOwn(TYPES, status) ? TYPES[status] : undefined
    if (!type) throw new Unreadable('`status` must be firing or resolved.', 'status')
    const name = body.required('name')
    const group = body.text('group')
    const endpoint = group ? `${group}/${name}` : name
    const details = body.text('details')
    const failed = body.list('condition_results').filter((result) => result.at('success').value === false)
    return {
      events: [
        {
          type,
          key: endpoint,
          summary: `${body.text('title') ?? endpoint} ${type === 'ALERT' ? 'fails its health check' : 'is healthy again'}`,
          details: [details, ...failed.map((result) => `Failed: ${result.text('condition') ?? 'a condition'}`)]
            .filter((line) => line)
            .join('\n'),
          links: [{ href: body.text('url'), text: 'Endpoint' }],
          labels: { endpoint: name, group },
        },
      ],
    }
  },
  sample: {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'checkout',
      group: 'shop',
      status: 'firing',
      title: 'shop/checkout',
      details: 'health check failed',
      condition_results: [{ condition: '[STATUS] (503) == 200', success: false }],
      url: 'https://shop.example.com/health',
    }),
  },
}

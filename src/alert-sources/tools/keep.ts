import { readIlertEvent } from './ilert-event.ts'
import type { Tool } from './tool.ts'

export const keep: Tool = {
  id: 'keep',
  name: 'Keep',
  category: 'metrics',
  keywords: ['keep', 'keephq', 'aiops', 'workflow'],
  resolves: true,
  about: 'Events of Keep’s workflows, through its ilert provider.',
  setup: ({ origin, key }) => [
    {
      text: 'In Keep, open **Providers**, connect **ilert** and set its host and token so.',
      snippet: { language: 'text', code: `ilert host:  ${origin}/api\nilert token: ${key}` },
    },
    {
      text: 'Use it in a workflow. The same `alert_key` with `RESOLVE` ends the incident.',
      snippet: {
        language: 'yaml',
        caption: 'workflow.yaml',
        code: `workflow:
  id: tocsin
  triggers:
    - type: alert
  actions:
    - name: page
      provider:
        type: ilert
        config: "{{ providers.tocsin }}"
        with:
          _type: event
          event_type: ALERT
          summary: "{{ alert.name }}"
          details: "{{ alert.description }}"
          alert_key: "{{ alert.fingerprint }}"`,
      },
    },
  ],
  read: (request) => ({ events: [readIlertEvent(request.json())] }),
  sample: {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      eventType: 'ALERT',
      summary: 'Queue depth above 10,000',
      details: 'orders.incoming has grown for ten minutes.',
      alertKey: '5b2d6a8f',
      priority: 'HIGH',
      images: [],
      links: [{ href: 'https://keep.example.com/alerts/feed', text: 'Keep' }],
      customDetails: {},
    }),
  },
}

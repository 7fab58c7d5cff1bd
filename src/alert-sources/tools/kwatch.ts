import { paragraphs } from './event-parts.ts'
import { readIlertEvent } from './ilert-event.ts'
import type { Payload } from './payload.ts'
import { type Reading, type Tool, Unreadable } from './tool.ts'

/** kwatch's iLert provider, which posts to `push`, and its generic webhook, whose address can be set. */
export const kwatch: Tool = {
  id: 'kwatch',
  otherIds: ['push'],
  name: 'kwatch',
  category: 'infrastructure',
  keywords: ['kwatch', 'kubernetes', 'pods', 'crash loop'],
  resolves: false,
  about: 'Crashes of pods in a Kubernetes cluster, as kwatch sees them.',
  setup: ({ url, key }) => [
    {
      text: 'Add a webhook to kwatch’s configuration and restart it. The webhook never says that a problem is over: set an automatic resolution for the source.',
      snippet: { language: 'yaml', caption: 'config.yaml', code: `alert:\n  webhook:\n    url: ${url}` },
    },
    {
      text: 'kwatch’s iLert provider resolves as well, but its server is fixed. Where your network leads `api.ilert.com` to this server, use it with this key.',
      snippet: {
        language: 'yaml',
        caption: 'config.yaml',
        code: `alert:\n  ilert:\n    integrationKey: ${key}\n    priority: HIGH`,
      },
    },
  ],
  read(request) {
    const body = request.json()
    if (body.text('eventType') || body.text('summary'))
      return { events: [{ ...readIlertEvent(body), severity: body.text('priority') }] }
    return readWebhook(body)
  },
  sample: {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      eventType: 'ALERT',
      summary: 'CrashLoopBackOff: shop/checkout-6c9f7d8b5d-x2k4q',
      message: 'There is an issue with container checkout in pod checkout-6c9f7d8b5d-x2k4q',
      priority: 'HIGH',
      alertKey: 'prod/shop/checkout-6c9f7d8b5d-x2k4q/CrashLoopBackOff',
    }),
  },
}

function readWebhook(body: Payload): Reading {
  const name = body.text('Name')
  const reason = body.text('Reason')
  if (!name) {
    if (body.text('Message'))
      return { events: [], ignored: 'A message of kwatch about itself, such as its start or a new version.' }
    throw new Unreadable('Neither `eventType` nor `Name` is there: this is not what kwatch sends.', 'eventType')
  }
  const [cluster, namespace] = [body.text('Cluster'), body.text('Namespace')]
  const place = [cluster, namespace, name].filter((part) => part !== null).join('/')
  return {
    events: [
      {
        type: 'ALERT',
        key: reason ? `${place}/${reason}` : place,
        summary: `${reason ?? 'A problem'}: ${place}`,
        details: paragraphs(body.text('Message'), body.text('Events'), body.text('Logs')),
        labels: { ...body.texts('Labels'), cluster, namespace, container: body.text('Container') },
      },
    ],
  }
}

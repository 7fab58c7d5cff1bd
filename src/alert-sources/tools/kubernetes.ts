import { readIlertEvent } from './ilert-event.ts'
import type { Payload } from './payload.ts'
import { type Reading, type Tool, Unreadable } from './tool.ts'

const SAMPLE = {
  metadata: { name: 'checkout-6c9f7d8b5d-x2k4q.17a1b2c3d4e5f678', namespace: 'shop' },
  reason: 'BackOff',
  message: 'Back-off restarting failed container checkout',
  source: { component: 'kubelet', host: 'node-1' },
  firstTimestamp: '2026-01-05T10:00:00Z',
  lastTimestamp: '2026-01-05T10:05:00Z',
  count: 12,
  type: 'Warning',
  clusterName: 'prod',
  involvedObject: { kind: 'Pod', namespace: 'shop', name: 'checkout-6c9f7d8b5d-x2k4q', labels: { app: 'checkout' } },
}

/** Kubernetes' Event objects as kubernetes-event-exporter posts them, and the events of iLert's agent for clusters. */
export const kubernetes: Tool = {
  id: 'kubernetes',
  otherIds: ['k8s'],
  name: 'Kubernetes events',
  category: 'infrastructure',
  keywords: ['kubernetes', 'k8s', 'pods', 'nodes', 'openshift'],
  resolves: false,
  about: 'Warnings of a Kubernetes cluster: one incident for each object and reason.',
  setup: ({ url }) => [
    {
      text: 'Install kubernetes-event-exporter and give it this configuration. Only warnings become incidents; what you drop here costs no request.',
      snippet: {
        language: 'yaml',
        caption: 'ConfigMap: config.yaml',
        code: `logLevel: warn
clusterName: prod
route:
  routes:
    - drop:
        - type: Normal
      match:
        - receiver: tocsin
receivers:
  - name: tocsin
    webhook:
      endpoint: '${url}'`,
      },
    },
    {
      text: 'Kubernetes never says that a warning is over: set an automatic resolution for the source, such as one hour after the last event.',
    },
    {
      text: 'Too many of a kind? Add a rule to the source, such as one that drops `payload.reason == "FailedScheduling"`, or one that waits for several events.',
    },
  ],
  read(request) {
    const body = request.json()
    if (body.at('involvedObject').isObject()) return readEventObject(body)
    if (body.text('eventType')) return { events: [readIlertEvent(body)] }
    throw new Unreadable('`involvedObject` is missing: this is no Event of Kubernetes.', 'involvedObject')
  },
  sample: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(SAMPLE) },
}

function readEventObject(body: Payload): Reading {
  const type = body.text('type')
  if (type?.toLowerCase() === 'normal') return { events: [], ignored: 'An event of type Normal is no problem.' }
  const object = body.at('involvedObject')
  const name = object.required('name')
  const cluster = body.text('clusterName')
  const namespace = object.text('namespace')
  const kind = object.text('kind') ?? 'Object'
  const reason = body.text('reason') ?? 'Warning'
  const place = [cluster, namespace, kind, name].filter((part) => part !== null).join('/')
  return {
    events: [
      {
        type: 'ALERT',
        // Without the event's own name: Kubernetes makes a new Event now and then for the same problem.
        key: `${place}/${reason}`,
        summary: `${reason}: ${kind} ${namespace ? `${namespace}/` : ''}${name}${cluster ? ` in ${cluster}` : ''}`,
        details: body.text('message'),
        severity: type,
        labels: {
          ...object.texts('labels'),
          cluster,
          namespace,
          kind,
          reason,
          component: body.text('source', 'component') ?? body.text('reportingComponent'),
          node: body.text('source', 'host'),
        },
      },
    ],
  }
}

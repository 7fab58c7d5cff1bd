import type { Payload } from './payload.ts'
import type { Reading, Tool } from './tool.ts'

/**
 * Argo CD has no body of its own: its notifications send a template of ours (its manual: Notifications, Webhook,
 * Templates, Triggers).
 */
const configMap = (url: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-notifications-cm
  namespace: argocd
data:
  service.webhook.tocsin: |
    url: ${url}
    headers:
      - name: Content-Type
        value: application/json
  template.tocsin: |
    webhook:
      tocsin:
        method: POST
        body: |
          {
            "app": {{toJson .app.metadata.name}},
            "namespace": {{toJson .app.metadata.namespace}},
            "project": {{toJson .app.spec.project}},
            "url": "{{.context.argocdUrl}}/applications/{{.app.metadata.namespace}}/{{.app.metadata.name}}",
            "health": {{toJson .app.status.health.status}},
            "sync": {{toJson .app.status.sync.status}},
            {{with .app.status.operationState}}
            "phase": {{toJson .phase}},
            "message": {{toJson .message}},
            {{end}}
            "revision": {{toJson .app.status.sync.revision}}
          }
  trigger.on-tocsin: |
    - when: app.status.health.status == 'Degraded'
      send: [tocsin]
    - when: app.status.operationState != nil and app.status.operationState.phase in ['Error', 'Failed']
      send: [tocsin]
    - when: app.status.sync.status == 'Unknown'
      send: [tocsin]
    - when: app.status.operationState != nil and app.status.operationState.phase == 'Succeeded' and app.status.health.status == 'Healthy'
      send: [tocsin]
  subscriptions: |
    - recipients: [tocsin]
      triggers: [on-tocsin]`

export const argocd: Tool = {
  id: 'argocd',
  otherIds: ['argo-cd'],
  name: 'Argo CD',
  category: 'development',
  keywords: ['argo', 'gitops', 'kubernetes', 'deployment'],
  resolves: true,
  about: 'Applications of Argo CD that are degraded or fail to sync. Healthy and synced again, they resolve.',
  setup: ({ url }) => [
    {
      text: 'Merge this into the ConfigMap of Argo CD’s notifications. It reports all applications; leave out `subscriptions` to choose them by annotation.',
      snippet: { language: 'yaml', code: configMap(url), caption: 'argocd-notifications-cm' },
    },
    {
      text: 'Without `subscriptions`, annotate each application that should report.',
      snippet: {
        language: 'shell',
        code: `kubectl annotate application -n argocd my-app notifications.argoproj.io/subscribe.on-tocsin.tocsin=""`,
      },
    },
  ],
  read: (request) => readApplication(request.json()),
  sample: {
    body: JSON.stringify({
      app: 'shop',
      namespace: 'argocd',
      project: 'default',
      url: 'https://argocd.example.com/applications/argocd/shop',
      health: 'Degraded',
      sync: 'Synced',
      phase: 'Succeeded',
      message: 'successfully synced (all tasks run)',
      revision: '846d8de0c6d86dc654b12425e706bcf951adfe5a',
    }),
  },
}

function readApplication(payload: Payload): Reading {
  const app = payload.required('app')
  const health = payload.text('health')
  const phase = payload.text('phase')
  const problem = problemOf(health, phase, payload.text('sync'))
  if (!problem && health !== 'Healthy')
    return { events: [], ignored: `The application is neither failed nor healthy: ${health ?? 'no health'}.` }
  const url = payload.text('url')
  const namespace = payload.text('namespace')
  return {
    events: [
      {
        type: problem ? 'ALERT' : 'RESOLVE',
        // The address tells the applications of several Argo CDs apart.
        key: url ?? [namespace, app].filter(Boolean).join('/'),
        summary: problem ? `${app} ${problem.text}` : '',
        details: payload.text('message'),
        severity: problem?.state ?? null,
        severityLevel: problem ? 2 : null,
        links: [{ href: url, text: 'Argo CD' }],
        labels: { app, namespace, project: payload.text('project'), revision: payload.text('revision') },
      },
    ],
  }
}

/** One incident for an application: it is over only when nothing of all this is wrong any more. */
function problemOf(health: string | null, phase: string | null, sync: string | null) {
  if (phase === 'Failed' || phase === 'Error') return { text: 'failed to sync', state: phase }
  if (health === 'Degraded') return { text: 'is degraded', state: health }
  return sync === 'Unknown' ? { text: 'can’t be compared with its source', state: sync } : null
}

import type { EventType } from '../event.ts'
import { presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { fromBase64 } from './signatures.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'
import { parseJson } from './tool-request.ts'

export const googleCloudMonitoring: Tool = {
  id: 'google-cloud-monitoring',
  otherIds: ['gcp', 'stackdriver', 'gcp-monitoring'],
  name: 'Google Cloud Monitoring',
  category: 'cloud',
  keywords: ['gcp', 'stackdriver', 'google', 'pub/sub', 'gke'],
  resolves: true,
  about: 'Incidents of Google Cloud’s alerting policies, by webhook or through Pub/Sub, and their end.',
  setup: ({ url }) => [
    {
      text: 'Create a notification channel for this address: in the console under **Monitoring → Alerting → Edit notification channels → Webhooks**, or here:',
      snippet: {
        language: 'shell',
        code: `gcloud beta monitoring channels create --display-name=Tocsin \\
  --type=webhook_tokenauth --channel-labels=url='${url}'`,
      },
    },
    {
      text: 'Or with Terraform.',
      snippet: {
        language: 'hcl',
        code: `resource "google_monitoring_notification_channel" "tocsin" {
  display_name = "Tocsin"
  type         = "webhook_tokenauth"
  labels       = { url = "${url}" }
}`,
      },
    },
    { text: 'Add the channel to your alerting policies, and tick **Notify on incident closure** there.' },
    {
      text: 'Where webhooks are not allowed, let a Pub/Sub channel publish to a topic and push from there.',
      snippet: {
        language: 'shell',
        code: `gcloud pubsub topics create tocsin
gcloud pubsub subscriptions create tocsin --topic=tocsin \\
  --push-endpoint='${url}'
gcloud beta monitoring channels create --display-name=Tocsin --type=pubsub \\
  --channel-labels=topic="projects/$(gcloud config get project)/topics/tocsin"`,
      },
    },
  ],
  read: (request) => ({ events: [readIncident(unwrapped(request.json()))] }),
  sample: {
    body: JSON.stringify({
      version: '1.2',
      incident: {
        incident_id: '0.nrwotmyokd9n',
        scoping_project_id: 'example-project',
        scoping_project_number: 123456789012,
        url: 'https://console.cloud.google.com/monitoring/alerting/alerts/0.nrwotmyokd9n?project=example-project',
        started_at: 1767607200,
        ended_at: null,
        state: 'open',
        summary: 'CPU utilization for example-project web-1 is above the threshold of 0.900 with a value of 0.972.',
        severity: 'Critical',
        observed_value: '0.972',
        threshold_value: '0.9',
        resource: { type: 'gce_instance', labels: { instance_id: '1234567890', zone: 'europe-west1-b' } },
        resource_name: 'example-project web-1',
        resource_type_display_name: 'VM Instance',
        metric: { type: 'compute.googleapis.com/instance/cpu/utilization', displayName: 'CPU utilization', labels: {} },
        policy_name: 'CPU of the shop',
        condition_name: 'VM Instance - CPU utilization',
        documentation: { content: 'See the runbook.', mime_type: 'text/markdown', subject: '[ALERT] CPU of the shop' },
      },
    }),
  },
}

/** A push of Pub/Sub carries the same JSON in base64: "Receive messages in push subscriptions" of its documentation. */
function unwrapped(payload: Payload): Payload {
  const data = payload.text('message', 'data')
  if (data === null || payload.at('incident').isObject()) return payload
  const bytes = fromBase64(data)
  if (!bytes) throw new Unreadable('message.data is not base64', 'message.data')
  return parseJson(new TextDecoder().decode(bytes))
}

function readIncident(payload: Payload): ToolEvent {
  const incident = payload.at('incident')
  return {
    type: typeOf(incident.required('state')),
    key: incident.required('incident_id'),
    summary:
      incident.text('summary') ??
      incident.text('documentation', 'subject') ??
      incident.firstText('condition_name', 'policy_name') ??
      'An incident of Google Cloud without a summary',
    // A string in the console's test message.
    details: incident.text('documentation', 'content') ?? incident.text('documentation'),
    severity: severityOf(incident),
    links: [
      ...presentLinks({ 'Google Cloud': incident.text('url') }),
      ...incident.list('documentation', 'links').flatMap((link) => {
        const href = link.text('url')
        return href ? [{ href, text: link.text('displayName') ?? href }] : []
      }),
    ],
    labels: {
      ...incident.texts('resource', 'labels'),
      ...incident.texts('metric', 'labels'),
      ...incident.texts('policy_user_labels'),
      ...presentLabels({
        policy: incident.text('policy_name'),
        condition: incident.text('condition_name'),
        project: incident.text('scoping_project_id'),
        resource: incident.firstText('resource_display_name', 'resource_name'),
      }),
    },
    payload: payload.value,
  }
}

/** Upper case in the console's test message; `acknowledged` was Stackdriver's. */
function typeOf(state: string): EventType {
  switch (state.toLowerCase()) {
    case 'open':
      return 'ALERT'
    case 'closed':
      return 'RESOLVE'
    case 'acknowledged':
      return 'ACCEPT'
    default:
      throw new Unreadable('incident.state must be open, closed or acknowledged', 'incident.state')
  }
}

function severityOf(incident: Payload): string | null {
  const severity = incident.text('severity')
  return severity && severity.toLowerCase() !== 'no severity'
    ? severity
    : incident.text('policy_user_labels', 'severity')
}

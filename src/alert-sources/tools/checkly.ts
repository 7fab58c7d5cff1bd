import type { EventType } from '../event.ts'
import { paragraphs, presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { renderedJson } from './rendered-json.ts'
import { isHmacSha256 } from './signatures.ts'
import { type Reading, type Tool, Unreadable } from './tool.ts'

/** Checkly sends what the customer's template says. Variables as in "Webhook integrations" of its documentation. */
const TEMPLATE = {
  alert_type: '{{ALERT_TYPE}}',
  title: '{{ALERT_TITLE}}',
  check_id: '{{CHECK_ID}}',
  check_name: '{{CHECK_NAME}}',
  check_type: '{{CHECK_TYPE}}',
  group: '{{GROUP_NAME}}',
  error: '{{CHECK_ERROR_MESSAGE}}',
  location: '{{RUN_LOCATION}}',
  response_time: '{{RESPONSE_TIME}}',
  link: '{{RESULT_LINK}}',
  started_at: '{{STARTED_AT}}',
  ssl_days: '{{SSL_DAYS_REMAINING}}',
  ssl_domain: '{{SSL_CHECK_DOMAIN}}',
}

export const checkly: Tool = {
  id: 'checkly',
  name: 'Checkly',
  category: 'uptime',
  keywords: ['synthetics', 'playwright', 'api check', 'browser check'],
  resolves: true,
  about: 'Checks of Checkly that fail or degrade, until they recover, and certificates that are about to expire.',
  setup: ({ url }) => [
    {
      text: 'In Checkly open **Alerts → Alert channels → Add → Webhook**. Choose **POST** and enter this URL.',
      snippet: { language: 'text', code: url },
    },
    {
      text: 'Paste this as the **request body**.',
      snippet: { language: 'json', code: JSON.stringify(TEMPLATE, null, 2) },
    },
    {
      text: 'Tick failure **and recovery**, degradation if you want it, and subscribe your checks. A **webhook secret** that you enter there goes into the signing secret of this alert source.',
    },
    {
      text: 'Or as code, with the Checkly CLI.',
      snippet: {
        language: 'text',
        caption: 'alert-channels.ts',
        code: `import { WebhookAlertChannel } from 'checkly/constructs'

export const tocsin = new WebhookAlertChannel('tocsin', {
  name: 'Tocsin',
  method: 'POST',
  url: '${url}',
  sendRecovery: true,
  sendFailure: true,
  sendDegraded: true,
  template: JSON.stringify(${JSON.stringify(TEMPLATE, null, 4).replace(/\n}$/, '\n  }')}),
})`,
      },
    },
  ],
  read: (request) => readAlert(renderedJson(request)),
  signature: {
    secretName: 'Webhook secret',
    verify: (request, secret) => isHmacSha256(request.header('x-checkly-signature'), request.body, secret),
  },
  sample: {
    body: JSON.stringify({
      ...TEMPLATE,
      alert_type: 'ALERT_FAILURE',
      title: 'Check &quot;Shop checkout&quot; has failed',
      check_id: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
      check_name: 'Shop checkout',
      check_type: 'BROWSER',
      group: 'Shop',
      error: 'Timed out waiting for the cart',
      location: 'Frankfurt',
      response_time: '30120',
      link: 'https://app.checklyhq.com/checks/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
      started_at: '2026-01-05T10:00:00.000Z',
      ssl_days: '',
      ssl_domain: '',
    }),
  },
}

/** Codes of "Alert states": from which state to which. A failure that becomes a degradation is not over. */
const TYPES = new Map<string, EventType>([
  ['ALERT_FAILURE', 'ALERT'],
  ['ALERT_FAILURE_REMAIN', 'ALERT'],
  ['ALERT_FAILURE_DEGRADED', 'ALERT'],
  ['ALERT_DEGRADED', 'ALERT'],
  ['ALERT_DEGRADED_REMAIN', 'ALERT'],
  ['ALERT_DEGRADED_FAILURE', 'ALERT'],
  ['ALERT_SSL', 'ALERT'],
  ['ALERT_RECOVERY', 'RESOLVE'],
  ['ALERT_DEGRADED_RECOVERY', 'RESOLVE'],
])

function readAlert(payload: Payload): Reading {
  const code = field(payload, 'alert_type')?.toUpperCase()
  if (!code) throw new Unreadable('alert_type is missing. Paste the request body that Tocsin shows.', 'alert_type')
  const type = TYPES.get(code)
  if (!type) return { events: [], ignored: `Checkly: ${code} is no alert` }
  const id = field(payload, 'check_id')
  const name = field(payload, 'check_name')
  const check = id ?? name
  return {
    events: [
      {
        type,
        // Certificates apart: the check's recovery says nothing about one, and its failure is another problem.
        key: check && (code === 'ALERT_SSL' ? `${check} certificate` : check),
        summary: field(payload, 'title', 'alert_title') ?? (name ? `${name}: ${code}` : code),
        details: paragraphs(
          field(payload, 'error', 'check_error_message'),
          field(payload, 'ssl_domain') &&
            `${field(payload, 'ssl_domain')}: ${field(payload, 'ssl_days') ?? '?'} days left`,
        ),
        severity: type === 'RESOLVE' ? null : SEVERITIES.get(code),
        links: presentLinks({ Checkly: field(payload, 'link', 'result_link') }),
        labels: presentLabels({
          check: name,
          type: field(payload, 'check_type'),
          group: field(payload, 'group', 'group_name'),
          location: field(payload, 'location', 'run_location'),
        }),
        payload: payload.value,
      },
    ],
  }
}

const SEVERITIES = new Map([
  ['ALERT_FAILURE', 'failure'],
  ['ALERT_FAILURE_REMAIN', 'failure'],
  ['ALERT_DEGRADED_FAILURE', 'failure'],
  ['ALERT_FAILURE_DEGRADED', 'degraded'],
  ['ALERT_DEGRADED', 'degraded'],
  ['ALERT_DEGRADED_REMAIN', 'degraded'],
])

/** Under our name or the variable's. Two braces make Handlebars write quotation marks and the like as entities. */
function field(payload: Payload, ...names: string[]): string | null {
  const text = payload.firstText(...names.flatMap((name) => [name, name.toUpperCase()]))
  if (text === null || /^\{\{.*\}\}$/.test(text)) return null
  return text.replace(/&(?:quot|amp|lt|gt|#x27|#x60|#x3D|#39);/g, (entity) => ENTITIES.get(entity) ?? entity)
}

const ENTITIES = new Map([
  ['&quot;', '"'],
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&#x27;', "'"],
  ['&#39;', "'"],
  ['&#x60;', '`'],
  ['&#x3D;', '='],
])

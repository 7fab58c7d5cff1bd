import type { EventType } from '../event.ts'
import type { Payload } from './payload.ts'
import { isHmacSha256 } from './signatures.ts'
import { type Reading, type Tool, type ToolEvent, type ToolRequest, Unreadable } from './tool.ts'
import { parseJson } from './tool-request.ts'

/** GitHub's docs, "Webhook events and payloads", and "Validating webhook deliveries" for the signature. */
export const github: Tool = {
  id: 'github',
  name: 'GitHub',
  category: 'development',
  keywords: ['actions', 'ci', 'workflow', 'deployment', 'dependabot', 'secret scanning', 'code scanning'],
  resolves: true,
  about: 'Failed workflows, jobs, checks and deployments, which their next success resolves, and security alerts.',
  setup: ({ url }) => [
    {
      text: 'In the settings of a repository or an organisation, under **Webhooks**, add one with the content type `application/json` and this URL. Enter a secret, and the same one at this alert source.',
      snippet: { language: 'text', code: url, caption: 'Payload URL' },
    },
    {
      text: 'Choose **Let me select individual events**: workflow runs, deployment statuses, and Dependabot, secret scanning or code scanning alerts. Workflow jobs and check runs report each part of a workflow by itself.',
    },
    {
      text: 'Every branch reports. A rule of this alert source that drops what holds for this condition leaves one.',
      snippet: {
        language: 'text',
        code: 'has(event.labels.branch) && event.labels.branch != "main"',
        caption: 'Condition',
      },
    },
  ],
  read(request) {
    const name = request.header('x-github-event')?.trim().toLowerCase() ?? null
    if (name === 'ping') return { events: [], ignored: 'GitHub’s ping, when a webhook is made.' }
    const payload = bodyOf(request)
    if (name) {
      const read = EVENTS.find((event) => event.name === name)?.read
      return read ? read(payload) : { events: [], ignored: `The event ${name.slice(0, 100)} opens nothing.` }
    }
    const event = EVENTS.find(({ field }) => field !== 'alert' && payload.at(field).isObject())
    if (!event) throw new Unreadable('The header X-GitHub-Event is missing.')
    return event.read(payload)
  },
  signature: {
    secretName: 'Secret',
    verify: (request, secret) => {
      const header = request.header('x-hub-signature-256')?.trim()
      return isHmacSha256(header?.replace(/^sha256=/i, ''), request.body, secret)
    },
  },
  sample: {
    headers: { 'x-github-event': 'workflow_run' },
    body: JSON.stringify({
      action: 'completed',
      workflow: { id: 2823525, name: 'Deploy' },
      workflow_run: {
        name: 'Deploy',
        display_title: 'Raise the connection limit',
        head_branch: 'main',
        conclusion: 'failure',
        run_number: 163,
        run_attempt: 1,
        workflow_id: 2823525,
        html_url: 'https://github.com/example/shop/actions/runs/289782451',
      },
      repository: { full_name: 'example/shop', html_url: 'https://github.com/example/shop' },
    }),
  },
}

/** By the name in the header; `field` is the part of the body that tells which it is where the header is missing. */
const EVENTS: { name: string; field: string; read: (payload: Payload) => Reading }[] = [
  { name: 'workflow_run', field: 'workflow_run', read: readWorkflowRun },
  { name: 'workflow_job', field: 'workflow_job', read: readWorkflowJob },
  { name: 'check_run', field: 'check_run', read: readCheckRun },
  { name: 'deployment_status', field: 'deployment_status', read: readDeploymentStatus },
  { name: 'dependabot_alert', field: 'alert', read: readDependabotAlert },
  { name: 'secret_scanning_alert', field: 'alert', read: readSecretScanningAlert },
  { name: 'code_scanning_alert', field: 'alert', read: readCodeScanningAlert },
]

/** A webhook with the content type of forms has the JSON in the field `payload`. */
function bodyOf(request: ToolRequest): Payload {
  const form = request.form().text('payload')
  return form ? parseJson(form) : request.json()
}

function readWorkflowRun(payload: Payload): Reading {
  const run = payload.at('workflow_run')
  const name = payload.text('workflow', 'name') ?? run.text('name') ?? 'A workflow'
  const branch = run.text('head_branch')
  return completed(payload, run, {
    key: [payload.text('workflow', 'id') ?? run.text('workflow_id') ?? name, branch],
    what: `${name}${branch ? ` on ${branch}` : ''}`,
    details: run.text('display_title') ?? run.text('head_commit', 'message'),
    labels: { workflow: name, branch },
  })
}

function readWorkflowJob(payload: Payload): Reading {
  const job = payload.at('workflow_job')
  if (isElsewhere(payload, job, job.text('head_branch'))) return NOT_THE_DEFAULT_BRANCH
  const name = job.text('name') ?? 'A job'
  const steps = job.list('steps').filter((step) => conclusionOf(step) === 'ALERT')
  return completed(payload, job, {
    key: [name],
    what: name,
    details: steps.length > 0 ? `Failed: ${steps.map((step) => step.text('name')).join(', ')}` : null,
    labels: { workflow: job.text('workflow_name'), job: name, branch: job.text('head_branch') },
  })
}

function readCheckRun(payload: Payload): Reading {
  const run = payload.at('check_run')
  if (isElsewhere(payload, run, run.text('check_suite', 'head_branch'))) return NOT_THE_DEFAULT_BRANCH
  const name = run.text('name') ?? 'A check'
  return completed(payload, run, {
    key: [name],
    what: name,
    details: run.text('output', 'summary') ?? run.text('output', 'title'),
    labels: { check: name, branch: run.text('check_suite', 'head_branch') },
  })
}

/**
 * Jobs and checks are one problem by their name, whatever the branch: a success elsewhere, as of a pull request, must not
 * resolve what fails on the default branch.
 */
function isElsewhere(payload: Payload, subject: Payload, branch: string | null): boolean {
  const main = payload.text('repository', 'default_branch')
  return conclusionOf(subject) === 'RESOLVE' && main !== null && branch !== null && branch !== main
}

const NOT_THE_DEFAULT_BRANCH: Reading = {
  events: [],
  ignored: 'It is a success of another branch than the default one, which says nothing of what fails there.',
}

/** What has a conclusion once its action is `completed`. */
function completed(payload: Payload, run: Payload, about: About): Reading {
  if (payload.text('action') !== 'completed')
    return { events: [], ignored: `It is ${payload.text('action') ?? 'not completed'}, so there is no result yet.` }
  const conclusion = run.text('conclusion')
  const type = conclusionOf(run)
  if (!type) return { events: [], ignored: `The conclusion is ${conclusion ?? 'missing'}.` }
  return one(payload, run, type, conclusion, about)
}

function conclusionOf(run: Payload): 'ALERT' | 'RESOLVE' | null {
  switch (run.text('conclusion')) {
    case 'failure':
    case 'timed_out':
    case 'startup_failure':
      return 'ALERT'
    case 'success':
      return 'RESOLVE'
    // Cancelled, skipped, neutral, stale or waiting for somebody: neither broken nor mended.
    default:
      return null
  }
}

function readDeploymentStatus(payload: Payload): Reading {
  const status = payload.at('deployment_status')
  const state = status.text('state')
  const type = state === 'error' || state === 'failure' ? 'ALERT' : state === 'success' ? 'RESOLVE' : null
  if (!type) return { events: [], ignored: `The deployment is ${state ?? 'in no state'}.` }
  const environment =
    status.text('environment') ?? payload.text('deployment', 'environment') ?? 'an unnamed environment'
  return one(payload, status, type, state, {
    key: [environment],
    what: `Deployment to ${environment}`,
    details: status.text('description'),
    link: status.text('target_url') ?? status.text('log_url'),
    labels: { environment, ref: payload.text('deployment', 'ref') },
  })
}

function readDependabotAlert(payload: Payload): Reading {
  const alert = payload.at('alert')
  const advisory = alert.at('security_advisory')
  const severity = advisory.text('severity') ?? alert.text('security_vulnerability', 'severity')
  const dependency = alert.text('dependency', 'package', 'name')
  return securityAlert(payload, 'dependabot', severity, {
    what: `${dependency ?? 'A dependency'}: ${advisory.text('summary') ?? 'a known vulnerability'}`,
    details: advisory.text('description'),
    labels: { package: dependency, advisory: advisory.text('cve_id') ?? advisory.text('ghsa_id') },
  })
}

function readSecretScanningAlert(payload: Payload): Reading {
  const kind = payload.text('alert', 'secret_type_display_name') ?? payload.text('alert', 'secret_type')
  return securityAlert(payload, 'secret-scanning', 'critical', {
    what: `A secret leaked: ${kind ?? 'of unknown kind'}`,
  })
}

function readCodeScanningAlert(payload: Payload): Reading {
  const rule = payload.at('alert', 'rule')
  return securityAlert(payload, 'code-scanning', rule.text('security_severity_level') ?? rule.text('severity'), {
    what: rule.text('description') ?? rule.text('name') ?? rule.text('id') ?? 'A finding in the code',
    details: payload.text('alert', 'most_recent_instance', 'message', 'text'),
    labels: { rule: rule.text('id') },
  })
}

/** The actions of all three, by what they make of the alert. */
const SECURITY_ACTIONS = new Map<string, EventType>([
  ...['created', 'reopened', 'reintroduced', 'auto_reopened', 'reopened_by_user', 'appeared_in_branch'].map(
    (action) => [action, 'ALERT'] as const,
  ),
  ['publicly_leaked', 'ALERT'],
  ...['fixed', 'dismissed', 'auto_dismissed', 'resolved', 'revoked', 'closed_by_user'].map(
    (action) => [action, 'RESOLVE'] as const,
  ),
])

function securityAlert(payload: Payload, kind: string, severity: string | null, about: Omit<About, 'key'>): Reading {
  const action = payload.text('action') ?? ''
  const type = SECURITY_ACTIONS.get(action)
  if (!type) return { events: [], ignored: `The action ${action.slice(0, 100)} changes nothing.` }
  const number = payload.text('alert', 'number')
  return one(payload, payload.at('alert'), type, severity, { ...about, key: [kind, number] })
}

interface About {
  /** After the repository's name. */
  key: (string | null)[]
  what: string
  details?: string | null
  link?: string | null
  labels?: Record<string, string | null>
}

function one(payload: Payload, subject: Payload, type: EventType, severity: string | null, about: About): Reading {
  const repository = payload.text('repository', 'full_name')
  const link = about.link ?? subject.text('html_url')
  const failed = payload.at('alert').isObject() ? '' : ` ${severity === 'timed_out' ? 'timed out' : 'failed'}`
  const event: ToolEvent = {
    type,
    key: [repository, ...about.key].filter(Boolean).join('/'),
    summary: `${repository ? `${repository}: ` : ''}${about.what}${type === 'ALERT' ? failed : ''}`,
    details: about.details,
    severity: type === 'ALERT' ? severity : null,
    severityLevel: failed && type === 'ALERT' ? 2 : null,
    links: [{ href: link, text: 'GitHub' }],
    labels: { repository, ...about.labels },
  }
  return { events: [event] }
}

import type { EventType } from '../event.ts'
import type { Payload } from './payload.ts'
import { fromBase64, isHmacSha256, isSecret } from './signatures.ts'
import { type Reading, type Tool, type ToolRequest, Unreadable } from './tool.ts'

/** GitLab's docs, "Webhook events"; for the newer signature its merge request 230944, after Standard Webhooks. */
export const gitlab: Tool = {
  id: 'gitlab',
  name: 'GitLab',
  category: 'development',
  keywords: ['ci', 'pipeline', 'job', 'deployment', 'incident', 'issue'],
  resolves: true,
  about: 'Failed pipelines, jobs and deployments, which their next success resolves, and incidents and issues.',
  setup: ({ url }) => [
    {
      text: 'In the settings of a project or group, under **Webhooks**, add one with this URL. Enter a secret token or a signing token, and the same one at this alert source.',
      snippet: { language: 'text', code: url, caption: 'URL' },
    },
    {
      text: 'Choose its triggers: **Pipeline events**, **Deployment events**, and **Issues events** for incidents. **Job events** report each job by itself.',
    },
    {
      text: 'Issues of every kind and pipelines of every branch report. A rule of this alert source that drops what holds for this condition leaves incidents and one branch.',
      snippet: {
        language: 'text',
        code: 'has(event.labels.type) && event.labels.type != "Incident" || has(event.labels.ref) && event.labels.ref != "main"',
        caption: 'Condition',
      },
    },
  ],
  read(request) {
    const payload = request.json()
    const kind = payload.text('object_kind')
    if (!kind) throw new Unreadable('object_kind is missing: this is not a webhook of GitLab.', 'object_kind')
    switch (kind) {
      case 'pipeline':
        return readPipeline(payload)
      case 'build':
        return readJob(payload)
      case 'deployment':
        return readDeployment(payload)
      case 'issue':
      case 'incident':
      case 'work_item':
        return readIssue(payload)
      default:
        return { events: [], ignored: `The event ${kind.slice(0, 100)} opens nothing.` }
    }
  },
  signature: { secretName: 'Secret token or signing token', verify },
  sample: {
    headers: { 'x-gitlab-event': 'Pipeline Hook' },
    body: JSON.stringify({
      object_kind: 'pipeline',
      object_attributes: {
        id: 31,
        ref: 'main',
        status: 'failed',
        detailed_status: 'failed',
        url: 'https://gitlab.example.com/group/shop/-/pipelines/31',
      },
      project: {
        id: 15,
        name: 'shop',
        web_url: 'https://gitlab.example.com/group/shop',
        path_with_namespace: 'group/shop',
      },
      commit: { id: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2', title: 'Raise the connection limit' },
      builds: [{ id: 380, stage: 'deploy', name: 'production', status: 'failed', allow_failure: false }],
    }),
  },
}

/**
 * A signing token begins with `whsec_` and signs; any other secret comes along as it is. How old the signature is, is not
 * looked at: what is repeated changes nothing that is not so already, and a delivery may have waited in a queue.
 */
async function verify(request: ToolRequest, secret: string): Promise<boolean> {
  if (!secret.startsWith('whsec_')) return isSecret(request.header('x-gitlab-token'), secret)
  const key = fromBase64(secret.slice('whsec_'.length))
  const id = request.header('webhook-id')
  const timestamp = request.header('webhook-timestamp')
  if (!key || !id || !timestamp) return false
  // Two of them while a token is being replaced.
  for (const signature of (request.header('webhook-signature') ?? '').split(' ').slice(0, 5)) {
    const [version, digest] = signature.split(',')
    if (version === 'v1' && (await isHmacSha256(digest, `${id}.${timestamp}.${request.body}`, key, 'base64')))
      return true
  }
  return false
}

function readPipeline(payload: Payload): Reading {
  const pipeline = payload.at('object_attributes')
  const ref = pipeline.text('ref')
  const failed = payload
    .list('builds')
    .filter((build) => build.text('status') === 'failed' && build.text('allow_failure') !== 'true')
    .map((build) => build.text('name'))
    .filter((name) => name !== null)
  return result(payload, pipeline.text('status'), {
    key: ['pipeline', ref],
    what: `Pipeline${ref ? ` of ${ref}` : ''}`,
    details: [payload.text('commit', 'title'), failed.length > 0 && `Failed: ${failed.join(', ')}`]
      .filter(Boolean)
      .join('\n'),
    link: pipeline.text('url') ?? addressOf(payload, 'pipelines', pipeline.text('id')),
    labels: { ref },
  })
}

function readJob(payload: Payload): Reading {
  const name = payload.text('build_name')
  const ref = payload.text('ref')
  if (payload.text('build_status') === 'failed' && payload.text('build_allow_failure') === 'true')
    return { events: [], ignored: 'The job is allowed to fail.' }
  return result(payload, payload.text('build_status'), {
    key: ['job', ref, name],
    what: `Job ${name ?? 'without a name'}${ref ? ` of ${ref}` : ''}`,
    details: payload.text('build_failure_reason'),
    link: addressOf(payload, 'jobs', payload.text('build_id')),
    labels: { ref, job: name, stage: payload.text('build_stage') },
  })
}

function readDeployment(payload: Payload): Reading {
  const environment = payload.text('environment')
  return result(payload, payload.text('status'), {
    key: [environment],
    what: `Deployment to ${environment ?? 'an unnamed environment'}`,
    details: payload.text('commit_title'),
    link: payload.text('deployable_url') ?? payload.text('environment_external_url'),
    labels: { environment, ref: payload.text('ref') },
  })
}

interface About {
  /** After the project's id. */
  key: (string | null)[]
  what: string
  details: string | null
  link: string | null
  labels: Record<string, string | null>
}

function result(payload: Payload, status: string | null, about: About): Reading {
  const type: EventType | null = status === 'failed' ? 'ALERT' : status === 'success' ? 'RESOLVE' : null
  if (!type) return { events: [], ignored: `The status is ${status?.slice(0, 100) ?? 'missing'}.` }
  const project = payload.text('project', 'path_with_namespace') ?? payload.text('project_name')
  const id = payload.text('project', 'id') ?? payload.text('project_id')
  return {
    events: [
      {
        type,
        key: [id ?? project, ...about.key].filter(Boolean).join('/'),
        summary: `${project ? `${project}: ` : ''}${about.what}${type === 'ALERT' ? ' failed' : ''}`,
        details: about.details,
        severity: type === 'ALERT' ? status : null,
        links: [{ href: about.link, text: 'GitLab' }],
        labels: { project, ...about.labels },
      },
    ],
  }
}

function readIssue(payload: Payload): Reading {
  const issue = payload.at('object_attributes')
  const action = issue.text('action')
  const type: EventType | null =
    action === 'open' || action === 'reopen' ? 'ALERT' : action === 'close' ? 'RESOLVE' : null
  if (!type) return { events: [], ignored: `The action ${action?.slice(0, 100) ?? '(none)'} changes nothing.` }
  const project = payload.text('project', 'path_with_namespace')
  const link = issue.text('url')
  return {
    events: [
      {
        type,
        key: issue.text('id') ?? link,
        summary: issue.text('title') ?? 'An issue without a title',
        details: issue.text('description'),
        severity: issue.text('severity'),
        links: [{ href: link, text: 'GitLab' }],
        labels: { project, type: issue.text('type') },
      },
    ],
  }
}

function addressOf(payload: Payload, part: string, id: string | null): string | null {
  const project = payload.text('project', 'web_url') ?? payload.text('repository', 'homepage')
  return project && id ? `${project}/-/${part}/${id}` : null
}

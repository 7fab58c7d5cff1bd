import { describe, expect, it } from 'vitest'
import { processEvent } from '../processing/process.ts'
import { CONTEXT, rules } from '../processing/processing.fixtures.ts'
import { gitlab } from './gitlab.ts'
import { eventsOf, hmac, ignoredOf, publishedCondition } from './reading.fixtures.ts'
import { requestOf } from './tool-request.fixtures.ts'

const project = { id: 15, path_with_namespace: 'group/shop', web_url: 'https://gitlab.example.com/group/shop' }

describe("GitLab's webhooks", () => {
  it('open an incident for each branch’s pipeline, with its failed jobs', async () => {
    const builds = [
      { name: 'test', status: 'failed', allow_failure: false },
      { name: 'lint', status: 'failed', allow_failure: true },
      { name: 'build', status: 'success' },
    ]
    const body = {
      ...{ object_kind: 'pipeline', object_attributes: { id: 31, ref: 'main', status: 'failed' }, project, builds },
      commit: { title: 'Raise the limit' },
    }
    expect(await eventsOf(gitlab, body)).toMatchObject([
      {
        ...{ type: 'ALERT', key: '15/pipeline/main', summary: 'group/shop: Pipeline of main failed', severity: 2 },
        details: 'Raise the limit\nFailed: test',
        links: [{ href: 'https://gitlab.example.com/group/shop/-/pipelines/31', text: 'GitLab' }],
        labels: { severity: 'failed', project: 'group/shop', ref: 'main' },
      },
    ])
    const next = { ...body, object_attributes: { id: 32, ref: 'main', status: 'success' } }
    expect(await eventsOf(gitlab, next)).toMatchObject([{ type: 'RESOLVE', key: '15/pipeline/main' }])
    const running = { ...body, object_attributes: { id: 33, ref: 'main', status: 'running' } }
    expect(ignoredOf(gitlab, running)).toContain('running')
  })

  it('report a job, unless it may fail', async () => {
    const job = {
      object_kind: 'build',
      build_id: 9,
      build_name: 'deploy',
      build_status: 'failed',
      ref: 'main',
      project,
    }
    expect(await eventsOf(gitlab, { ...job, build_failure_reason: 'script_failure' })).toMatchObject([
      { type: 'ALERT', key: '15/job/main/deploy', details: 'script_failure' },
    ])
    expect(await eventsOf(gitlab, { ...job, build_status: 'success' })).toMatchObject([{ type: 'RESOLVE' }])
    expect(ignoredOf(gitlab, { ...job, build_allow_failure: true })).toContain('allowed')
  })

  it('report a deployment for each environment, apart from a branch of its name', async () => {
    const deployment = { object_kind: 'deployment', status: 'failed', environment: 'production', project }
    const [failed] = await eventsOf(gitlab, deployment)
    expect(failed).toMatchObject({ type: 'ALERT', key: '15/production' })
    const [pipeline] = await eventsOf(gitlab, {
      ...{ object_kind: 'pipeline', object_attributes: { ref: 'production', status: 'success' }, project },
    })
    expect(pipeline?.key).not.toBe(failed?.key)
  })

  it.each(['issue', 'incident', 'work_item'])('open and resolve with an %s', async (object_kind) => {
    const issue = { id: 301, title: 'Checkout is down', severity: 'critical', type: 'Incident' }
    const body = (action: string) => ({ object_kind, object_attributes: { ...issue, action }, project })
    expect(await eventsOf(gitlab, body('open'))).toMatchObject([
      { type: 'ALERT', key: '301', summary: 'Checkout is down', severity: 1, labels: { type: 'Incident' } },
    ])
    expect(await eventsOf(gitlab, body('reopen'))).toMatchObject([{ type: 'ALERT', key: '301' }])
    expect(await eventsOf(gitlab, body('close'))).toMatchObject([{ type: 'RESOLVE', key: '301' }])
    expect(ignoredOf(gitlab, body('update'))).toContain('update')
  })

  it('are dropped by the published condition, but for incidents and one branch', async () => {
    const dropped = async (body: object) => {
      const [event] = await eventsOf(gitlab, { ...body, project })
      const processing = rules({ name: 'Others', condition: publishedCondition(gitlab), action: 'DROP' })
      return event && (await processEvent(event, processing, CONTEXT)).droppedBy
    }
    const issue = (type: string) => ({ object_kind: 'issue', object_attributes: { id: 1, action: 'open', type } })
    const pipeline = (ref: string) => ({ object_kind: 'pipeline', object_attributes: { ref, status: 'failed' } })
    expect(await dropped(issue('Incident'))).toBeNull()
    expect(await dropped(issue('Task'))).toBe('Others')
    expect(await dropped(pipeline('main'))).toBeNull()
    expect(await dropped(pipeline('feature'))).toBe('Others')
  })

  it('say nothing with other events, and are nothing without a kind', async () => {
    expect(ignoredOf(gitlab, { object_kind: 'push' })).toContain('push')
    await expect(eventsOf(gitlab, {})).rejects.toMatchObject({ field: 'object_kind' })
  })
})

describe("GitLab's proof of itself", () => {
  const body = '{"object_kind": "push"}'
  const verify = async (headers: Record<string, string>, secret: string) =>
    gitlab.signature?.verify(requestOf(body, { headers }), secret)

  it('is the secret token', async () => {
    expect(await verify({ 'x-gitlab-token': 'the token' }, 'the token')).toBe(true)
    expect(await verify({ 'x-gitlab-token': 'a token' }, 'the token')).toBe(false)
    expect(await verify({}, 'the token')).toBe(false)
  })

  it('is a signature of id, time and body where the token signs', async () => {
    const key = Uint8Array.from({ length: 32 }, (_, index) => index)
    const token = `whsec_${btoa(String.fromCharCode(...key))}`
    const digest = btoa(String.fromCharCode(...(await hmac(`id-1.1768469400.${body}`, key))))
    const headers = { 'webhook-id': 'id-1', 'webhook-timestamp': '1768469400', 'webhook-signature': `v1,${digest}` }
    expect(await verify(headers, token)).toBe(true)
    expect(await verify({ ...headers, 'webhook-signature': `v1,AAAA v1,${digest}` }, token)).toBe(true)
    expect(await verify({ ...headers, 'webhook-id': 'id-2' }, token)).toBe(false)
    expect(await verify({ ...headers, 'webhook-timestamp': '1768469401' }, token)).toBe(false)
    expect(await verify({ ...headers, 'webhook-signature': `v2,${digest}` }, token)).toBe(false)
    // The token that signs does not pass for one that is sent along.
    expect(await verify({ 'x-gitlab-token': token }, token)).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { processEvent } from '../processing/process.ts'
import { CONTEXT, rules } from '../processing/processing.fixtures.ts'
import { github } from './github.ts'
import { eventsOf, hmacHex, ignoredOf, publishedCondition } from './reading.fixtures.ts'
import { Unreadable } from './tool.ts'
import { requestOf } from './tool-request.fixtures.ts'

const repository = { full_name: 'example/shop' }
const sent = (name: string) => ({ headers: { 'x-github-event': name } })

describe("GitHub's webhooks", () => {
  const run = { action: 'completed', workflow: { id: 7, name: 'Deploy' }, repository }

  it('of jobs and checks resolve only by the default branch', async () => {
    const of = (head_branch: string, conclusion: string) => ({
      action: 'completed',
      repository: { ...repository, default_branch: 'main' },
      workflow_job: { name: 'build', workflow_name: 'CI', head_branch, conclusion },
    })
    expect(await eventsOf(github, of('main', 'success'), sent('workflow_job'))).toMatchObject([{ type: 'RESOLVE' }])
    expect(await eventsOf(github, of('a-fix', 'failure'), sent('workflow_job'))).toMatchObject([{ type: 'ALERT' }])
    expect(ignoredOf(github, of('a-fix', 'success'), sent('workflow_job'))).toMatch(/another branch/)
  })

  it('open an incident for each workflow and branch', async () => {
    const workflow_run = { conclusion: 'failure', head_branch: 'main', html_url: 'https://github.com/example/shop/1' }
    expect(await eventsOf(github, { ...run, workflow_run }, sent('workflow_run'))).toMatchObject([
      {
        ...{ type: 'ALERT', key: 'example/shop/7/main', summary: 'example/shop: Deploy on main failed', severity: 2 },
        links: [{ href: 'https://github.com/example/shop/1', text: 'GitHub' }],
        labels: { severity: 'failure', repository: 'example/shop', workflow: 'Deploy', branch: 'main' },
      },
    ])
  })

  it.each([
    ['timed_out', 'ALERT'],
    ['startup_failure', 'ALERT'],
    ['success', 'RESOLVE'],
  ])('have the conclusion %s as %s', async (conclusion, type) => {
    const body = { ...run, workflow_run: { conclusion, head_branch: 'main' } }
    expect(await eventsOf(github, body, sent('workflow_run'))).toMatchObject([{ type, key: 'example/shop/7/main' }])
  })

  it.each(['cancelled', 'skipped', 'neutral', 'action_required', null])('say nothing with the conclusion %s', (c) => {
    const body = { ...run, workflow_run: { conclusion: c } }
    expect(ignoredOf(github, body, sent('workflow_run'))).toContain('conclusion')
  })

  it('say nothing before there is a conclusion', async () => {
    const body = { ...run, action: 'requested', workflow_run: { conclusion: 'failure' } }
    expect(ignoredOf(github, body, sent('workflow_run'))).toContain('requested')
  })

  it('report a job with its failed steps, and a check', async () => {
    const steps = [
      { name: 'Build', conclusion: 'success' },
      { name: 'Test', conclusion: 'failure' },
    ]
    const workflow_job = { name: 'ci', conclusion: 'failure', steps }
    const job = { action: 'completed', workflow_job, repository }
    expect(await eventsOf(github, job, sent('workflow_job'))).toMatchObject([
      { type: 'ALERT', key: 'example/shop/ci', details: 'Failed: Test' },
    ])
    const check = { action: 'completed', check_run: { name: 'lint', conclusion: 'success' }, repository }
    expect(await eventsOf(github, check, sent('check_run'))).toMatchObject([
      { type: 'RESOLVE', key: 'example/shop/lint' },
    ])
  })

  it.each([
    ['failure', 'ALERT'],
    ['error', 'ALERT'],
    ['success', 'RESOLVE'],
  ])('have a deployment with %s as %s', async (state, type) => {
    const body = { deployment_status: { state, environment: 'production' }, repository }
    expect(await eventsOf(github, body, sent('deployment_status'))).toMatchObject([
      { type, key: 'example/shop/production' },
    ])
  })

  it('say nothing of a deployment under way', () => {
    const body = { deployment_status: { state: 'in_progress' }, repository }
    expect(ignoredOf(github, body, sent('deployment_status'))).toContain('in_progress')
  })

  it('open and resolve security alerts', async () => {
    const alert = {
      number: 5,
      html_url: 'https://github.com/example/shop/security/5',
      dependency: { package: { name: 'lodash' } },
      security_advisory: { summary: 'Prototype pollution', severity: 'high', cve_id: 'CVE-2021-1' },
    }
    expect(await eventsOf(github, { action: 'created', alert, repository }, sent('dependabot_alert'))).toMatchObject([
      {
        ...{ type: 'ALERT', key: 'example/shop/dependabot/5', severity: 2 },
        summary: 'example/shop: lodash: Prototype pollution',
        labels: { package: 'lodash', advisory: 'CVE-2021-1' },
      },
    ])
    expect(await eventsOf(github, { action: 'fixed', alert, repository }, sent('dependabot_alert'))).toMatchObject([
      { type: 'RESOLVE', key: 'example/shop/dependabot/5' },
    ])
    const secret = { action: 'created', alert: { number: 5, secret_type: 'aws_key' }, repository }
    expect(await eventsOf(github, secret, sent('secret_scanning_alert'))).toMatchObject([
      { type: 'ALERT', key: 'example/shop/secret-scanning/5', severity: 1 },
    ])
    const code = { action: 'closed_by_user', alert: { number: 5, rule: { id: 'js/xss' } }, repository }
    expect(await eventsOf(github, code, sent('code_scanning_alert'))).toMatchObject([{ type: 'RESOLVE' }])
    const assigned = { action: 'assigned', alert, repository }
    expect(ignoredOf(github, assigned, sent('dependabot_alert'))).toContain('assigned')
  })

  it('of other branches are dropped by the published condition', async () => {
    const dropped = async (branch: string) => {
      const body = { ...run, workflow_run: { conclusion: 'failure', head_branch: branch } }
      const [event] = await eventsOf(github, body, sent('workflow_run'))
      const processing = rules({ name: 'Other branches', condition: publishedCondition(github), action: 'DROP' })
      return event && (await processEvent(event, processing, CONTEXT)).droppedBy
    }
    expect(await dropped('feature')).toBe('Other branches')
    expect(await dropped('main')).toBeNull()
  })

  it('take a ping and other events without a word', () => {
    expect(ignoredOf(github, { zen: 'Keep it logically awesome.' }, sent('ping'))).toContain('ping')
    expect(ignoredOf(github, { ref: 'main' }, sent('push'))).toContain('push')
  })

  it('may come as a form', async () => {
    const workflow_run = { conclusion: 'failure', head_branch: 'main' }
    const form = { payload: JSON.stringify({ ...run, workflow_run }) }
    expect(await eventsOf(github, 'payload=…', { ...sent('workflow_run'), form })).toMatchObject([{ type: 'ALERT' }])
  })

  it('are known by their body where a proxy dropped the header', async () => {
    const workflow_run = { conclusion: 'failure', head_branch: 'main' }
    expect(await eventsOf(github, { ...run, workflow_run })).toMatchObject([{ type: 'ALERT' }])
    await expect(eventsOf(github, { hello: 'world' })).rejects.toThrow(Unreadable)
  })

  it('are signed over the body as it came', async () => {
    const body = '{"zen": "Keep it"}'
    const verify = async (signature: string, text = body) => {
      const request = requestOf(text, { headers: { 'x-hub-signature-256': signature } })
      return github.signature?.verify(request, 'the secret')
    }
    const digest = await hmacHex(body, 'the secret')
    expect(await verify(`sha256=${digest}`)).toBe(true)
    expect(await verify(`sha256=${digest}`, body.replace(' ', ''))).toBe(false)
    expect(await verify(`sha256=${await hmacHex(body, 'another secret')}`)).toBe(false)
  })
})

it("GitHub's documented example of a signature is taken", async () => {
  const request = requestOf('Hello, World!', {
    headers: {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
  })
  expect(await github.signature?.verify(request, "It's a Secret to Everybody")).toBe(true)
})

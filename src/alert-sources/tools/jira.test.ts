import { describe, expect, it } from 'vitest'
import { jira } from './jira.ts'
import { eventsOf, hmacHex, ignoredOf } from './reading.fixtures.ts'
import { Unreadable } from './tool.ts'
import { requestOf } from './tool-request.fixtures.ts'

const issue = (fields: object = {}) => ({
  key: 'OPS-15',
  self: 'https://jira.example.com/rest/api/2/issue/10400',
  fields: {
    ...{ summary: 'Checkout is down', description: 'No order', priority: { name: 'Highest' } },
    ...{ status: { name: 'Open', statusCategory: { key: 'new' } }, project: { key: 'OPS' } },
    ...fields,
  },
})
const done = { status: { name: 'Erledigt', statusCategory: { key: 'done' } } }
const updated = (fields: object, ...items: object[]) => ({
  ...{ webhookEvent: 'jira:issue_updated', issue: issue(fields), changelog: { items } },
})

describe("Jira's webhooks", () => {
  it('open an incident with a new issue', async () => {
    expect(await eventsOf(jira, { webhookEvent: 'jira:issue_created', issue: issue() })).toMatchObject([
      {
        ...{ type: 'ALERT', key: 'OPS-15', summary: 'OPS-15: Checkout is down', details: 'No order', severity: 1 },
        links: [{ href: 'https://jira.example.com/browse/OPS-15', text: 'OPS-15' }],
        labels: { severity: 'Highest', project: 'OPS', status: 'Open' },
      },
    ])
  })

  it('resolve it when the issue is done, whatever the status is called', async () => {
    const body = updated(done, { field: 'status', fromString: 'Open', toString: 'Erledigt' })
    expect(await eventsOf(jira, body)).toMatchObject([{ type: 'RESOLVE', key: 'OPS-15' }])
  })

  it.each([{ status: { name: 'Closed' } }, { status: { name: 'Fertig' }, resolution: { name: 'Fixed' } }])(
    'know %o for done without a category',
    async (fields) => {
      const body = updated(fields, { field: 'status', fromString: 'Open' })
      expect(await eventsOf(jira, body)).toMatchObject([{ type: 'RESOLVE' }])
    },
  )

  it('resolve it when the issue is deleted', async () => {
    const body = { webhookEvent: 'jira:issue_deleted', issue: issue() }
    expect(await eventsOf(jira, body)).toMatchObject([{ type: 'RESOLVE' }])
  })

  it('open one when the issue is reopened', async () => {
    expect(await eventsOf(jira, updated({}, { field: 'status', fromString: 'Done' }))).toMatchObject([
      { type: 'ALERT' },
    ])
    expect(await eventsOf(jira, updated({}, { field: 'resolution', from: '1', to: null }))).toMatchObject([
      { type: 'ALERT' },
    ])
  })

  it.each([
    ['between open states', updated({}, { field: 'status', fromString: 'Open', toString: 'In Progress' })],
    ['of another field', updated({}, { field: 'labels' })],
    ['of a finished issue', updated(done, { field: 'labels' })],
    ['by a comment', { webhookEvent: 'comment_created', issue: issue(), comment: { body: 'Me too' } }],
  ])('say nothing with a change %s', (_, body) => {
    expect(ignoredOf(jira, body)).toBeTruthy()
  })

  it('may be the bare issue of an automation rule', async () => {
    expect(await eventsOf(jira, issue())).toMatchObject([{ type: 'ALERT', key: 'OPS-15' }])
    expect(await eventsOf(jira, issue(done))).toMatchObject([{ type: 'RESOLVE', key: 'OPS-15' }])
  })

  it('have an issue', async () => {
    await expect(eventsOf(jira, { webhookEvent: 'jira:issue_created' })).rejects.toThrow(Unreadable)
  })

  it('are signed', async () => {
    const body = JSON.stringify({ webhookEvent: 'jira:issue_created', issue: issue() })
    const verify = async (signature: string) =>
      jira.signature?.verify(requestOf(body, { headers: { 'x-hub-signature': signature } }), 'the secret')
    expect(await verify(`sha256=${await hmacHex(body, 'the secret')}`)).toBe(true)
    expect(await verify(`sha256=${await hmacHex(body, 'a secret')}`)).toBe(false)
  })
})

import { Agent } from 'node:https'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rest } from '../../scripts/rest.ts'
import type { AlertSource } from '../../src/api/schemas/alert-source.ts'
import type { IncidentSummary } from '../../src/api/schemas/incident.ts'
import { Product } from '../product/product.ts'
import { createPerson, createSource } from '../product/team.ts'

/** The clients that PagerDuty and Opsgenie publish for Node, unmodified, with another host in their settings. */

const POLL = { timeout: 20_000, interval: 100 }

let product: Product
let rest: Rest
let person: number

beforeAll(async () => {
  product = await Product.start()
  rest = await product.rest()
  person = await createPerson(rest, 'Nora', 41, [{ method: 'SMS', delayMs: 0 }])
})

afterAll(async () => {
  await product?.remove()
})

const aSource = (shortName: string) => createSource(rest, shortName, [{ userIds: [person], timeoutMs: 60 * 60_000 }])

const statesOf = async ({ id }: AlertSource) =>
  (await rest.get<IncidentSummary[]>(`/incidents?sources=${id}`)).map(({ status }) => status)

describe('@pagerduty/pdjs', () => {
  test('triggers, acknowledges, resolves and sends a change', async () => {
    const { trigger, acknowledge, resolve, change } = require('@pagerduty/pdjs') as Pdjs
    const source = await aSource('PDJS')
    const about = { server: `localhost:${product.port}`, agent: new PlainAgent() }
    const event = { routing_key: source.integrationKey, dedup_key: 'disk' }
    const payload = { summary: 'Disk full', source: 'db-1', severity: 'critical' }
    const processed = { status: 'success', message: 'Event processed', dedup_key: 'disk' }

    expect((await trigger({ ...about, data: { ...event, payload } })).data).toEqual(processed)
    await expect.poll(() => statesOf(source), POLL).toEqual(['PENDING'])
    expect((await acknowledge({ ...about, data: event })).data).toEqual(processed)
    await expect.poll(() => statesOf(source), POLL).toEqual(['ACCEPTED'])
    expect((await resolve({ ...about, data: event })).data).toEqual(processed)
    await expect.poll(() => statesOf(source), POLL).toEqual(['RESOLVED'])

    const changed = await change({ ...about, data: { ...event, payload: { summary: 'Deployed 1.2.3' } } })
    expect([changed.status, changed.data.status]).toEqual([202, 'success'])
    expect(await statesOf(source)).toEqual(['RESOLVED'])
  })

  test('is told what is wrong', async () => {
    const { trigger } = require('@pagerduty/pdjs') as Pdjs
    const data = { routing_key: 'short', payload: { summary: 'a', source: 'b', severity: 'info' } }
    const refused = await trigger({ server: `localhost:${product.port}`, agent: new PlainAgent(), data })
    expect(refused.status).toBe(400)
    expect(refused.data.errors).toEqual(["Length of 'routing_key' is incorrect (should be 32 characters)"])
  })
})

describe('opsgenie-sdk', () => {
  test('creates, asks, acknowledges, notes and closes', async () => {
    const opsgenie = require('opsgenie-sdk') as Opsgenie
    const source = await aSource('OGSDK')
    opsgenie.configure({ host: product.url, api_key: source.integrationKey })
    const { alertV2 } = opsgenie
    const alias = { identifier: 'disk', identifierType: 'alias' }

    const created = await answerTo((done) => alertV2.create({ message: 'Disk full', alias: 'disk' }, done))
    expect(created.result).toBe('Request will be processed')
    await expect.poll(() => statesOf(source), POLL).toEqual(['PENDING'])
    const status = await answerTo((done) => alertV2.getRequestStatus(created.requestId, done))
    expect(status.data).toMatchObject({ isSuccess: true, action: 'Create', alertId: 'disk' })
    expect((await answerTo((done) => alertV2.get(alias, done))).data).toMatchObject({ alias: 'disk', status: 'open' })

    await answerTo((done) => alertV2.acknowledge(alias, { user: 'nora' }, done))
    await expect.poll(() => statesOf(source), POLL).toEqual(['ACCEPTED'])
    await answerTo((done) => alertV2.addNote(alias, { user: 'nora', note: 'On it' }, done))
    await answerTo((done) => alertV2.close(alias, { user: 'nora' }, done))
    await expect.poll(() => statesOf(source), POLL).toEqual(['RESOLVED'])
  })

  test('is told what is wrong', async () => {
    const { alertV2 } = require('opsgenie-sdk') as Opsgenie
    await expect(answerTo((done) => alertV2.create({ message: '' }, done))).rejects.toMatchObject({
      httpStatusCode: 422,
      errors: { message: 'can not be empty' },
    })
  })
})

/** PagerDuty's client speaks HTTPS only; below it the local product is spoken to without TLS. */
class PlainAgent extends Agent {
  override createConnection() {
    return connect(product.port, 'localhost')
  }
}

/** Neither is an ES module, and one has no types. */
const require = createRequire(import.meta.url)

interface Pdjs extends Record<'trigger' | 'acknowledge' | 'resolve' | 'change', PdjsCall> {}
type PdjsCall = (event: {
  server: string
  agent: Agent
  data: object
}) => Promise<{ status: number; data: { status: string; errors?: string[] } }>

interface OpsgenieAnswer {
  result: string
  requestId: string
  data: unknown
}
type Done = (error: unknown, answer: OpsgenieAnswer) => void
type Identifier = { identifier: string; identifierType: string }
type OpsgenieCommand = (alert: Identifier, body: object, done: Done) => void

interface Opsgenie {
  configure(settings: { host: string; api_key: string }): void
  alertV2: Record<'acknowledge' | 'addNote' | 'close', OpsgenieCommand> & {
    create(alert: object, done: Done): void
    get(alert: Identifier, done: Done): void
    getRequestStatus(requestId: string, done: Done): void
  }
}

function answerTo(ask: (done: Done) => void): Promise<OpsgenieAnswer> {
  return new Promise((resolve, reject) => ask((error, answer) => (error ? reject(error) : resolve(answer))))
}

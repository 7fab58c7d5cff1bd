import { loadSelfTest, runSelfTest, saveSelfTest } from '../directory/self-test.ts'
import { findPeople } from '../directory/users/users.ts'
import type { Env } from '../env.ts'
import { body, json, noContent, route, router } from './route.ts'
import { type SelfTest, selfTest as schema, selfTestInput } from './schemas/self-test.ts'

const tags = ['Settings']
const path = '/self-test'

/** The daily message that shows that messages get through. */
export const selfTest = router()

selfTest.openapi(
  route('administrator', {
    ...{ method: 'get', path, tags, summary: 'The daily self-test, and how the last one went' },
    responses: { 200: json(schema, 'The self-test') },
  }),
  async (c) => c.json(await present(c.env), 200),
)

selfTest.openapi(
  route('administrator', {
    ...{ method: 'put', path, tags, summary: 'Have a test message sent each day' },
    request: { body: body(selfTestInput) },
    responses: { 200: json(schema, 'The self-test afterwards') },
  }),
  async (c) => {
    const { user, contact, method, hour } = c.req.valid('json')
    await saveSelfTest(c.env, { userId: user.id, contactId: contact?.id ?? null, method, hour })
    return c.json(await present(c.env), 200)
  },
)

selfTest.openapi(
  route('administrator', {
    ...{ method: 'delete', path, tags, summary: 'Have no test message sent any more' },
    responses: noContent,
  }),
  async (c) => {
    await saveSelfTest(c.env, null)
    return c.body(null, 204)
  },
)

selfTest.openapi(
  route('administrator', {
    ...{ method: 'post', path: `${path}/run`, tags, summary: 'Send the test message now' },
    responses: { 200: json(schema, 'It is on its way: the result follows') },
  }),
  async (c) => {
    await runSelfTest(c.env)
    return c.json(await present(c.env), 200)
  },
)

async function present(env: Env): Promise<SelfTest> {
  const { test, run } = await loadSelfTest(env)
  const [person] = test ? await findPeople(env, [test.userId]) : []
  return {
    settings: test && {
      user: { id: test.userId, ...(person && { name: person.name }) },
      ...{ method: test.method, hour: test.hour },
      contact: test.contactId === null ? null : { id: test.contactId },
    },
    result: run && {
      startedAt: new Date(run.startedAt).toISOString(),
      outcome: RESULTS[run.outcome],
      reason: run.reason,
    },
  }
}

const RESULTS = { pending: 'PENDING', sent: 'SENT', delivered: 'DELIVERED', failed: 'FAILED' } as const

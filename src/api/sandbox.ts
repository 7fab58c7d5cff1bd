import { createMiddleware } from 'hono/factory'
import * as z from 'zod'
import { Refusal } from '../directory/refusal.ts'
import { call } from '../objects.ts'
import { SANDBOX_CARRIER_NAME } from '../sandbox.ts'
import type { ApiEnv } from './context.ts'
import { body, json, route, router } from './route.ts'
import { messageParam, sandboxAnswer, sandboxMessage, sandboxQuery, sandboxReply } from './schemas/sandbox.ts'

const tags = ['Sandbox']

export const sandbox = router()

/** Elsewhere than in development there is no simulated carrier, and nothing says that there could be one. */
sandbox.use(
  '/sandbox/*',
  createMiddleware<ApiEnv>(async (c, next) => (c.env.SANDBOX === '1' ? next() : c.notFound())),
)

sandbox.openapi(
  route('signed-in', {
    ...{
      method: 'get',
      path: '/sandbox/messages',
      tags,
      summary: 'What the simulated carrier delivered, newest first',
    },
    request: { query: sandboxQuery },
    responses: { 200: json(z.array(sandboxMessage), 'Messages') },
  }),
  async (c) => {
    const { user, after, 'max-results': limit } = c.req.valid('query')
    const about = { user: user ?? null, after: after ?? null, limit }
    return c.json(await call(c.env.SANDBOX_CARRIER, SANDBOX_CARRIER_NAME, (carrier) => carrier.messages(about)), 200)
  },
)

sandbox.openapi(
  route('signed-in', {
    ...{
      method: 'post',
      path: '/sandbox/messages/{message}/reply',
      tags,
      summary: 'Answer a message as its user would',
    },
    request: { params: messageParam, body: body(sandboxReply) },
    responses: { 200: json(sandboxAnswer, 'What the user hears') },
  }),
  async (c) => {
    const { message } = c.req.valid('param')
    const reply = c.req.valid('json')
    const answered = await call(c.env.SANDBOX_CARRIER, SANDBOX_CARRIER_NAME, (carrier) => carrier.reply(message, reply))
    if (!answered) throw new Refusal('NOT_FOUND', `There is no message ${message}`)
    return c.json(answered, 200)
  },
)

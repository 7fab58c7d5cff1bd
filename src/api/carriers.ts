import * as z from 'zod'
import { carrierHealth, type CarrierHealth as Known } from '../directory/carrier-health.ts'
import { recordAttempts } from '../directory/delivery-log.ts'
import { Refusal } from '../directory/refusal.ts'
import type { Env } from '../env.ts'
import { inform } from '../notifications/channels/index.ts'
import { carriers as all, findCarrier } from '../notifications/providers/index.ts'
import type { Carrier as Provided } from '../notifications/providers/provider.ts'
import { attempt } from '../notifications/send.ts'
import { publicUrl } from '../public-url.ts'
import { body, json, route, router } from './route.ts'
import { type Carrier, carrier, carrierParam, carrierTest, carrierTestResult } from './schemas/carrier.ts'
import { type CarrierHealth, carrierHealth as carrierHealthSchema } from './schemas/carrier-health.ts'

const tags = ['Carriers']

export const carriers = router()

carriers.openapi(
  route('administrator', {
    ...{ method: 'get', path: '/carriers', tags, summary: 'List who can carry messages, and what each needs for it' },
    responses: { 200: json(z.array(carrier), 'All of them, in the order in which they are tried') },
  }),
  (c) =>
    c.json(
      all().map((provider) => present(provider, c.env)),
      200,
    ),
)

carriers.openapi(
  route('administrator', {
    ...{ method: 'get', path: '/carriers/health', tags, summary: 'How the carriers that are set up do' },
    responses: { 200: json(z.array(carrierHealthSchema), 'For each of their methods, as their last messages say') },
  }),
  async (c) => {
    const used = await carrierHealth(c.env, Date.now())
    const configured = all().filter((provider) => provider.isConfigured(c.env))
    return c.json(
      configured.flatMap(({ name, channels }) =>
        channels.map((channel) =>
          presentHealth(
            name,
            channel,
            used.find((one) => one.provider === name && one.channel === channel),
          ),
        ),
      ),
      200,
    )
  },
)

carriers.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/carriers/{carrier}/test', tags, summary: 'Send a test message through one carrier' },
    request: { params: carrierParam, body: body(carrierTest) },
    responses: { 200: json(carrierTestResult, 'What came of it') },
  }),
  async (c) => {
    const { carrier: name } = c.req.valid('param')
    const { method: channel, target } = c.req.valid('json')
    const provider = findCarrier(name, channel)
    if (!provider) throw new Refusal('NOT_FOUND', `There is no carrier ${name} for ${channel}`)
    if (!provider.isConfigured(c.env)) {
      const missing = present(provider, c.env).variables.filter(({ set, optional }) => !set && !optional)
      throw new Refusal('BAD_REQUEST', `${name} is not set up: set ${missing.map((one) => one.name).join(', ')}`)
    }
    const url = publicUrl(c.env, c.req.raw)
    const { id: userId, name: userName } = c.get('signedIn')
    const message = inform(
      {
        ...{ id: `test-${crypto.randomUUID()}`, channel, target, devices: [] },
        user: { userId, name: userName, language: 'en' },
        notice: {
          id: 'test',
          title: 'Test message from Tocsin',
          text: `${name} reaches this ${channel === 'EMAIL' ? 'address' : 'number'}.`,
          path: '/settings',
          expiresAt: Date.now() + TEST_MS,
        },
      },
      `${url}/settings`,
    )
    const startedAt = Date.now()
    const result = await attempt((signal) => provider.send(message, c.env, signal), TEST_MS)
    // So that a carrier that was mended is seen to be well again.
    const attempts = [{ provider: name, result, durationMs: Date.now() - startedAt, device: null }]
    await recordAttempts(c.env, [{ message, attempts }])
    const said = result.sent ? `${name} took the message` : result.reason
    return c.json({ sent: result.sent, message: said }, 200)
  },
)

function presentHealth(name: string, method: CarrierHealth['method'], known: Known | undefined): CarrierHealth {
  const { lastSuccessAt = null, lastFailure = null, failingSince = null } = known ?? {}
  const { sent = 0, failed = 0, undelivered = 0 } = known ?? {}
  const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return {
    ...{ carrier: name, method, failingSince: instant(failingSince), lastSuccessAt: instant(lastSuccessAt) },
    state: !known ? 'UNUSED' : failingSince !== null ? 'FAILING' : 'OK',
    lastFailure: lastFailure && { timestamp: new Date(lastFailure.at).toISOString(), reason: lastFailure.reason },
    last24Hours: { sent, failed, undelivered },
  }
}

const TEST_MS = 15_000
const TESTABLE = ['EMAIL', 'SMS'] as const

function present(provider: Provided, env: Env): Carrier {
  const values = env as unknown as Record<string, unknown>
  return {
    name: provider.name,
    methods: [...provider.channels],
    configured: provider.isConfigured(env),
    testable: TESTABLE.filter((channel) => provider.channels.includes(channel)),
    variables: (provider.variables ?? []).map(({ name, what, secret = false, optional = false }) => ({
      ...{ name, what, secret, optional },
      set: Boolean(values[name]),
    })),
  }
}

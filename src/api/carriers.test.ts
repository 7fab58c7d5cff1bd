import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Carrier, CarrierTestResult } from './schemas/carrier.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

describe('carriers', () => {
  let admin: Client
  beforeAll(async () => {
    admin = await deployment()
  })
  afterEach(() => {
    delete env.RESEND_API_KEY
    delete env.MAIL_FROM
    vi.unstubAllGlobals()
  })

  it('say what each still needs, and never a value', async () => {
    env.MAIL_FROM = 'sender@example.net'
    const listed = await admin.get<Carrier[]>('/carriers')
    const resend = listed.find(({ name }) => name === 'resend')
    expect(resend).toMatchObject({ configured: false, methods: ['EMAIL'] })
    expect(resend?.variables.filter(({ optional }) => !optional).map(({ name, set }) => [name, set])).toEqual([
      ['RESEND_API_KEY', false],
      ['MAIL_FROM', true],
    ])
    expect(JSON.stringify(listed)).not.toContain('sender@example.net')
    expect(listed.map(({ name }) => name)).not.toContain('sandbox')
  })

  it('that are not set up refuse a test and name what is missing', async () => {
    const refused = await admin.refused('POST', '/carriers/resend/test', { method: 'EMAIL', target: 'a@example.com' })
    expect(refused.message).toContain('RESEND_API_KEY, MAIL_FROM')
    expect(
      await admin.refused('POST', '/carriers/pigeon/test', { method: 'SMS', target: '+4915112345001' }),
    ).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('are tried alone, and what they say is told', async () => {
    env.RESEND_API_KEY = 'key of the tests'
    env.MAIL_FROM = 'tocsin@example.com'
    const asked: string[] = []
    vi.stubGlobal('fetch', async (_request: RequestInfo, init?: RequestInit) => {
      asked.push(String(init?.body))
      return asked.length === 1
        ? Response.json({ id: '1' })
        : Response.json({ name: 'validation_error', message: 'no' }, { status: 422 })
    })
    const test = () =>
      admin.post<CarrierTestResult>('/carriers/resend/test', { method: 'EMAIL', target: 'ann@example.com' })
    expect(await test()).toEqual({ sent: true, message: 'resend took the message' })
    expect(asked[0]).toContain('ann@example.com')
    expect(await test()).toMatchObject({ sent: false })
  })

  it('are for administrators only', async () => {
    const { id } = await admin.person('Ben')
    expect((await (await clientOf(id)).refused('GET', '/carriers')).code).toBe('FORBIDDEN')
  })
})

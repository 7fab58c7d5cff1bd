import { env } from 'cloudflare:workers'
import { afterEach, describe, it, vi } from 'vitest'
import type { Env } from '../../env.ts'
import type { Message } from '../channels/channel.ts'
import { twilio } from './twilio.ts'

const SET_UP: Env = { ...env, TWILIO_ACCOUNT_SID: 'AC1', TWILIO_FROM: '+4915199000000' }
const CALL: Message = {
  ...{ channel: 'VOICE', notificationId: '42-7-1-0', userId: 7, incidentId: 42 },
  ...{ to: '+4915112345001', text: 'Disk full', language: 'en' },
}
const SIGNAL = AbortSignal.timeout(20_000)

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Answers every request so; what was asked is in the list. */
function answering(response: () => Response): { url: string; authorization: string; fields: URLSearchParams }[] {
  const asked: { url: string; authorization: string; fields: URLSearchParams }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const authorization = new Headers(init.headers).get('Authorization') ?? ''
    asked.push({ url, authorization, fields: new URLSearchParams(String(init.body)) })
    return response()
  })
  return asked
}

describe('a call through Twilio', () => {
  it('asks us what to say once it is taken', async ({ expect }) => {
    const asked = answering(() => Response.json({ sid: 'CA1' }, { status: 201 }))
    expect(await twilio.send(CALL, SET_UP, SIGNAL)).toEqual({ sent: true })
    expect(asked[0]?.url).toBe('https://api.twilio.com/2010-04-01/Accounts/AC1/Calls.json')
    expect(asked[0]?.authorization).toBe(`Basic ${btoa('AC1:twilio auth token of the tests')}`)
    const about = '?user=7&notification=42-7-1-0'
    expect(Object.fromEntries(asked[0]?.fields ?? [])).toEqual({
      ...{ To: '+4915112345001', From: '+4915199000000', Timeout: '30', MachineDetection: 'Enable', Method: 'POST' },
      Url: `https://tocsin.example.com/api/v1/carriers/twilio/voice${about}`,
      StatusCallback: `https://tocsin.example.com/api/v1/carriers/twilio/status${about}`,
      ...{ StatusCallbackMethod: 'POST', StatusCallbackEvent: 'completed' },
    })
  })

  it('needs a number to call from, and an address of ours', async ({ expect }) => {
    const asked = answering(() => Response.json({}))
    for (const [other, name] of [
      [{ TWILIO_FROM: 'MG1' }, 'phone number'],
      [{ PUBLIC_URL: '' }, 'PUBLIC_URL'],
    ] as const) {
      const result = await twilio.send(CALL, { ...SET_UP, ...other }, SIGNAL)
      expect(result).toMatchObject({ sent: false, permanent: true, reason: expect.stringContaining(name) })
    }
    expect(asked).toEqual([])
  })
})

describe('what Twilio refuses', () => {
  it.for([
    [400, 21211, true, 'no such number'],
    [400, 21408, true, 'geographic permissions'],
    [400, 21610, true, 'STOP'],
    [400, 21612, true, 'another sender'],
    [400, 21614, true, 'no mobile number'],
    [401, 20003, true, 'TWILIO_AUTH_TOKEN'],
    [400, 29999, true, 'docs/api/errors/29999'],
    [429, 20429, false, 'too many'],
    [429, 0, false, 'HTTP 429'],
    [503, 0, false, 'HTTP 503'],
  ] as const)('%i, %i', async ([status, code, permanent, words], { expect }) => {
    const body = { ...(code ? { code } : {}), message: 'private words of the carrier' }
    answering(() => Response.json(body, { status }))
    const result = await twilio.send(CALL, SET_UP, SIGNAL)
    expect(result).toMatchObject({ sent: false, permanent, reason: expect.stringContaining(words) })
    expect(JSON.stringify(result)).not.toContain('private')
  })
})

describe('Twilio', () => {
  it('is set up by three variables', ({ expect }) => {
    expect(twilio.isConfigured(SET_UP)).toBe(true)
    for (const name of ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const) {
      expect(twilio.isConfigured({ ...SET_UP, [name]: '' })).toBe(false)
    }
  })
})

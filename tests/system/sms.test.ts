import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, vi } from 'vitest'
import { receiveQueuedSms } from '../../src/alert-sources/sms/queued-sms.ts'
import type { Env } from '../../src/env.ts'
import { SECOND } from './harness/clock.ts'
import { settle } from './harness/settle.ts'
import { it, sms, type TestUser, type Tocsin } from './harness/tocsin.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const NUMBER = '+4915112349999'
const PATH = '/api/v1/sms/twilio'

async function aNumber(
  tocsin: Tocsin,
  settings: { keyword?: string; allowedNumbers?: string[] } = {},
): Promise<TestUser> {
  const ann = await tocsin.user('Ann', sms())
  await tocsin.source(await tocsin.policy([[ann]]), {
    integrationType: 'SMS',
    sms: { number: NUMBER, ...settings },
  } as object)
  return ann
}

let sent = 0
let sender = ''
// Each test has one of its own, for a sender is answered a few times only.
beforeEach(() => {
  sender = `+49151123488${String(++sent).padStart(3, '0')}`
})

/** A message as Twilio's webhook brings it, signed as Twilio signs. Answers what the sender is told; '': nothing. */
async function text(tocsin: Tocsin, body: string, fields: Record<string, string> = {}): Promise<string> {
  const response = await post(tocsin, body, fields)
  if (response.status !== 200) throw new Error(`The message was answered ${response.status}: ${await response.text()}`)
  await settle()
  const answer = await response.text()
  return /<Message>(.*)<\/Message>/.exec(answer)?.[1] ?? ''
}

async function post(
  tocsin: Tocsin,
  body: string,
  fields: Record<string, string> = {},
  signature?: string,
): Promise<Response> {
  const form = new URLSearchParams({
    MessageSid: `SM${++sent}`,
    From: sender,
    To: NUMBER,
    Body: body,
    NumMedia: '0',
    ...fields,
  })
  return tocsin.api.raw('POST', PATH, {
    body: form.toString(),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
      'X-Twilio-Signature': signature ?? (await signed(`https://tocsin.example.com${PATH}`, form)),
    },
  })
}

async function signed(url: string, form: URLSearchParams): Promise<string> {
  const encoder = new TextEncoder()
  const token = encoder.encode('twilio auth token of the tests')
  const key = await crypto.subtle.importKey('raw', token, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
  const fields = [...form].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => name + value)
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(url + fields.join('')))
  return btoa(String.fromCharCode(...new Uint8Array(mac)))
}

describe('a text message to an alert source', () => {
  it('opens an incident, pages, and is answered', async ({ tocsin, expect }) => {
    const ann = await aNumber(tocsin)
    expect(await text(tocsin, 'Pump 3 leaks & hisses')).toContain('SRC1-1 is open')
    await ann.getsSms('Pump 3 leaks & hisses')
    expect((await tocsin.incident('SRC1-1')).labels).toEqual({ from: sender, to: NUMBER })
  })

  it('delivered twice is one', async ({ tocsin }) => {
    const ann = await aNumber(tocsin)
    await text(tocsin, 'Pump 3 leaks', { MessageSid: 'SMtwice' })
    await text(tocsin, 'Pump 3 leaks', { MessageSid: 'SMtwice' })
    await ann.getsSms('Pump 3 leaks')
    await tocsin.listed('', 1)
  })

  it('goes to the source that its first word names', async ({ tocsin, expect }) => {
    const ann = await aNumber(tocsin, { keyword: 'OPS' })
    const ben = await tocsin.user('Ben', sms())
    const rest = { integrationType: 'SMS', sms: { number: NUMBER } } as object
    await tocsin.source(await tocsin.policy([[ben]]), rest)
    expect(await text(tocsin, 'ops: Pump 3 leaks')).toContain('SRC1-1')
    expect((await tocsin.incident('SRC1-1')).summary).toBe('Pump 3 leaks')
    await ann.getsSms('Pump 3 leaks')
    expect(await text(tocsin, 'Opsometer is broken')).toContain('SRC2-1')
    await ben.getsSms('Opsometer is broken')
  })

  it('of a stranger opens nothing and gets no answer, but is in the log', async ({ tocsin, expect }) => {
    await aNumber(tocsin, { allowedNumbers: ['+4915112347777'] })
    expect(await text(tocsin, 'Pump 3 leaks')).toBe('')
    const source = await env.DB.prepare('SELECT id FROM alert_sources').first<number>('id')
    const log = await env.ALERT_SOURCE.getByName(String(source)).loggedEvents(10)
    expect(log).toEqual([expect.objectContaining({ outcome: 'dropped', reason: expect.stringContaining('may write') })])
    await tocsin.listed('', 0)
  })

  it('of somebody on the list is taken', async ({ tocsin, expect }) => {
    const ann = await aNumber(tocsin, { allowedNumbers: [sender] })
    expect(await text(tocsin, 'Pump 3 leaks')).toContain('SRC1-1')
    await ann.getsSms('Pump 3 leaks')
  })

  it('to nobody is answered without saying what there is', async ({ tocsin, expect }) => {
    await aNumber(tocsin, { keyword: 'OPS' })
    const answer = 'This number does not take messages.'
    expect(await text(tocsin, 'Pump 3 leaks')).toBe(answer)
    expect(await text(tocsin, 'OPS Pump 3 leaks', { To: '+4915112340000' })).toBe(answer)
  })

  it('to nobody, where strangers may not write, is not answered', async ({ tocsin, expect }) => {
    await aNumber(tocsin, { keyword: 'OPS', allowedNumbers: ['+4915112347777'] })
    expect(await text(tocsin, 'Pump 3 leaks')).toBe('')
  })

  it('that is for the carrier opens nothing', async ({ tocsin, expect }) => {
    await aNumber(tocsin)
    expect(await text(tocsin, 'STOP', { OptOutType: 'STOP' })).toBe('')
    await tocsin.listed('', 0)
  })
})

describe('a machine that answers our answers', () => {
  /** How often it was answered, where each answer makes it write once more. */
  async function loop(tocsin: Tocsin, reply: (answer: string, count: number) => string): Promise<number> {
    let answer = await text(tocsin, 'Pump 3 leaks')
    for (let count = 1; count <= 20; count++) {
      if (answer === '') return count - 1
      answer = await text(tocsin, reply(answer, count))
    }
    return Number.POSITIVE_INFINITY
  }

  it('with the same words opens one incident more, which opens anew once it is resolved', async ({
    tocsin,
    expect,
  }) => {
    const ann = await aNumber(tocsin)
    expect(await loop(tocsin, () => 'I am away.')).toBe(2)
    await ann.getsSms('Pump 3 leaks')
    await ann.getsSms('SRC1-2: I am away')
    await tocsin.listed('', 2)
    await tocsin.api.put('/incidents/SRC1-2/resolve')
    expect(await text(tocsin, 'I am away.')).toContain('SRC1-3')
    await ann.getsSms('SRC1-3: I am away')
  })

  it('by quoting them opens none more', async ({ tocsin, expect }) => {
    const ann = await aNumber(tocsin)
    expect(await loop(tocsin, (answer) => `You wrote: ${answer} I am away.`)).toBe(1)
    await ann.getsSms('Pump 3 leaks')
    await tocsin.listed('', 1)
  })

  it('with other words each time is answered five times', async ({ tocsin, expect }) => {
    const ann = await aNumber(tocsin)
    expect(await loop(tocsin, (_, count) => `I am away until ${count}.`)).toBe(5)
    await ann.getsSms('Pump 3 leaks')
    for (const count of [1, 2]) await ann.getsSms(`I am away until ${count}.`)
    await tocsin.pass(20 * SECOND)
    await ann.getsSms('6 incidents wait for you')
  })

  it('that no source is for, too', async ({ tocsin, expect }) => {
    await aNumber(tocsin, { keyword: 'OPS' })
    expect(await loop(tocsin, () => 'I am away.')).toBe(5)
  })
})

describe('a text message is refused', () => {
  it('that Twilio did not sign', async ({ tocsin, expect }) => {
    await aNumber(tocsin)
    for (const signature of ['', 'bm8=', await signed('https://elsewhere.example.com/', new URLSearchParams())]) {
      const response = await post(tocsin, 'Pump 3 leaks', {}, signature)
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ code: 'SIGNATURE_ERROR' })
    }
    await tocsin.listed('', 0)
  })

  it('that says not from whom', async ({ tocsin, expect }) => {
    expect((await post(tocsin, 'Pump 3 leaks', { From: '' })).status).toBe(400)
  })
})

describe('with D1 failing', () => {
  const broken = () => {
    throw new Error('D1_ERROR: the database is on fire')
  }

  it('a text message is kept, and becomes an incident when D1 is back', async ({ tocsin, expect }) => {
    const ann = await aNumber(tocsin, { keyword: 'OPS' })
    const mocks = [
      vi.spyOn(env.DB, 'prepare').mockImplementation(broken),
      vi.spyOn(env.DB, 'batch').mockImplementation(broken),
    ]
    expect(await text(tocsin, 'OPS Pump 3 leaks')).toContain('Received')
    for (const mock of mocks) mock.mockRestore()
    await tocsin.listed('', 1)
    await ann.getsSms('Pump 3 leaks')
  })

  it('a text message whose source refuses it meanwhile ends there, and waits where too many come', async ({
    tocsin,
    expect,
  }) => {
    await aNumber(tocsin)
    const queued = { sms: { from: sender, to: NUMBER, text: 'Pump 3 leaks', messageId: 'SMqueued' }, receivedAt: 0 }
    const refusing = (refused: object) =>
      ({ ...env, ALERT_SOURCE: { getByName: () => ({ receive: () => Promise.resolve(refused) }) } }) as unknown as Env
    await receiveQueuedSms(queued, refusing({ taken: false, refusal: 'key' }))
    const tooMany = { taken: false, refusal: 'rate', retryAfterSeconds: 5, eventsPerMinute: 1 }
    await expect(receiveQueuedSms(queued, refusing(tooMany))).rejects.toThrow('no more')
  })

  it('and the queue too, Twilio is told so', async ({ tocsin, expect }) => {
    await aNumber(tocsin)
    vi.spyOn(env.DB, 'prepare').mockImplementation(broken)
    vi.spyOn(env.EVENTS, 'send').mockImplementation(broken)
    const response = await post(tocsin, 'Pump 3 leaks')
    vi.restoreAllMocks()
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('10')
  })
})

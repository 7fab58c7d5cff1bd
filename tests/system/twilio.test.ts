import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe } from 'vitest'
import { MINUTE } from './harness/clock.ts'
import { settle } from './harness/settle.ts'
import { call, it, mail, sms, type TestUser, type Tocsin } from './harness/tocsin.ts'

const BASE = 'https://tocsin.example.com'
const VOICE = '/api/v1/carriers/twilio/voice'
const STATUS = '/api/v1/carriers/twilio/status'
const NUMBER = '+4915199000000'

beforeEach(() => {
  env.TWILIO_FROM = NUMBER
})
afterEach(() => {
  delete env.TWILIO_FROM
})

/** A webhook as Twilio sends it. */
async function post(tocsin: Tocsin, path: string, fields: Record<string, string>, signature?: string) {
  const form = new URLSearchParams(fields)
  const response = await tocsin.api.raw('POST', path, {
    body: form.toString(),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Twilio-Signature': signature ?? (await signed(BASE + path, form)),
    },
  })
  await settle()
  return response
}

async function signed(url: string, form: URLSearchParams): Promise<string> {
  const encoder = new TextEncoder()
  const token = encoder.encode('twilio auth token of the tests')
  const key = await crypto.subtle.importKey('raw', token, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
  const fields = [...form].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => name + value)
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(url + fields.join('')))
  return btoa(String.fromCharCode(...new Uint8Array(mac)))
}

/** A call that somebody takes, and who presses digits when asked. */
class Call {
  said = ''
  #next: string

  constructor(
    private readonly tocsin: Tocsin,
    user: TestUser,
    notificationId: string,
  ) {
    this.#next = `${VOICE}?user=${user.id}&notification=${notificationId}`
  }

  async take(fields: Record<string, string> = {}): Promise<string> {
    return this.#post({ CallStatus: 'in-progress', AnsweredBy: 'human', ...fields })
  }

  press(digit: string): Promise<string> {
    return this.#post({ CallStatus: 'in-progress', Digits: digit })
  }

  async #post(fields: Record<string, string>): Promise<string> {
    const response = await post(this.tocsin, this.#next, { CallSid: 'CA1', ...fields })
    if (response.status !== 200) throw new Error(`The call was answered ${response.status}`)
    this.said = await response.text()
    const action = /action="([^"]+)"/.exec(this.said)?.[1]?.replaceAll('&amp;', '&') ?? BASE
    this.#next = action.slice(BASE.length)
    return this.said
  }
}

async function called(tocsin: Tocsin, ...summaries: string[]) {
  const ann = await tocsin.user('Ann', call(), mail(3))
  const source = await tocsin.source(await tocsin.policy([[ann]]))
  for (const summary of summaries) await source.alert(summary)
  const { message } = await ann.getsCall(summaries[0] ?? '')
  const notificationId = message.notificationId ?? ''
  return { ann, notificationId, call: new Call(tocsin, ann, notificationId) }
}

describe('a call', () => {
  it('reads the incident twice and takes a digit', async ({ tocsin, expect }) => {
    const { call } = await called(tocsin, 'Disk <full>')
    const said = await call.take()
    expect(said.match(/Disk &lt;full&gt;/g)).toHaveLength(2)
    expect(said).toContain('Goodbye.</Say><Hangup/>')
    expect(await call.press('0')).toContain('Disk &lt;full&gt;')
    expect(await call.press('1')).toContain('Accepted SRC1-1')
    expect(call.said).not.toContain('<Gather')
    expect((await tocsin.incident('SRC1-1')).status).toBe('ACCEPTED')
    expect((await tocsin.timeline('SRC1-1')).join()).toContain('Ann')
  })

  it('goes on with what else waits', async ({ tocsin, expect }) => {
    const { call } = await called(tocsin, 'Disk full', 'Fan broken')
    await call.take()
    expect(await call.press('2')).toMatch(/Resolved SRC1-1.*Fan broken/)
    expect(await call.press('1')).toContain('Accepted SRC1-2')
  })

  it('about many takes them all, or one by one', async ({ tocsin, expect }) => {
    const { ann } = await called(tocsin, 'Disk full', 'Fan broken', 'Pump leaks')
    await tocsin.pass(2 * MINUTE)
    const { message } = await ann.getsCall('3 incidents wait for you')
    const all = new Call(tocsin, ann, message.notificationId ?? '')
    expect(await all.take()).toContain('Press 1 to accept all')
    expect(await all.press('7')).toContain('Press 1 to accept all')
    expect(await all.press('3')).toMatch(/high priority incident from Source 1: (Disk full|Fan broken|Pump leaks)/)
    expect(await all.press('2')).toMatch(/Resolved SRC1-\d.*Next/)

    const again = new Call(tocsin, ann, message.notificationId ?? '')
    expect(await again.take()).toContain('2 incidents wait for you')
    expect(await again.press('1')).toContain('Accepted 2 incidents.')
    expect(again.said).toContain('Goodbye')
  })

  it('says that it is over, and asks nothing', async ({ tocsin, expect }) => {
    const { call } = await called(tocsin, 'Disk full')
    await tocsin.api.put('/incidents/SRC1-1/accept')
    await settle()
    expect(await call.take()).toMatch(/SRC1-1 was accepted by .*Goodbye/)
    expect(call.said).not.toContain('<Gather')
  })

  it('to a machine says nothing, and the next step is due', async ({ tocsin, expect }) => {
    const { ann, call } = await called(tocsin, 'Disk full')
    expect(await call.take({ AnsweredBy: 'machine_start' })).not.toContain('<Say')
    await ann.getsMail('Disk full')
    expect((await tocsin.timeline('SRC1-1')).join()).toContain('answering machine')
    await tocsin.api.put('/incidents/SRC1-1/resolve')
  })

  it('that nobody takes makes the next step due', async ({ tocsin, expect }) => {
    const { ann, notificationId } = await called(tocsin, 'Disk full')
    const path = `${STATUS}?user=${ann.id}&notification=${notificationId}`
    expect((await post(tocsin, path, { CallSid: 'CA1', CallStatus: 'no-answer' })).status).toBe(204)
    await ann.getsMail('Disk full')
    expect((await tocsin.timeline('SRC1-1')).join()).toContain('nobody took the call')
    await tocsin.api.put('/incidents/SRC1-1/resolve')
  })

  it('that Twilio did not sign does nothing', async ({ tocsin, expect }) => {
    const { ann, notificationId } = await called(tocsin, 'Disk full')
    const query = `?user=${ann.id}&notification=${notificationId}&incident=1`
    const ofAnother = await signed(`${BASE}${STATUS}?user=99`, new URLSearchParams({ Digits: '1' }))
    for (const path of [VOICE, `${VOICE}/answer`, STATUS]) {
      for (const signature of ['', 'bm8=', ofAnother]) {
        expect((await post(tocsin, path + query, { Digits: '1' }, signature)).status).toBe(403)
      }
    }
    expect((await tocsin.incident('SRC1-1')).status).toBe('PENDING')
    await tocsin.api.put('/incidents/SRC1-1/resolve')
  })
})

describe('a text message', () => {
  async function paged(tocsin: Tocsin) {
    const ann = await tocsin.user('Ann', sms(), mail(3))
    const source = await tocsin.source(await tocsin.policy([[ann]]))
    await source.alert('Disk full')
    const { message } = await ann.getsSms('Disk full')
    return { ann, notificationId: message.notificationId }
  }

  let sent = 0
  async function text(tocsin: Tocsin, from: string, body: string): Promise<string> {
    const fields = { MessageSid: `SM${++sent}`, From: from, To: NUMBER, Body: body }
    const answer = await (await post(tocsin, '/api/v1/sms/twilio', fields)).text()
    return /<Message>(.*)<\/Message>/.exec(answer)?.[1] ?? ''
  }

  it.for(['1a', 'a1', 'ack 1'])('%s accepts', async (body, { tocsin, expect }) => {
    const { ann } = await paged(tocsin)
    expect(await text(tocsin, ann.contacts.phone.target, body)).toContain('Accepted SRC1-1')
    expect((await tocsin.incident('SRC1-1')).status).toBe('ACCEPTED')
  })

  it('with a wrong code says so, a few times, until one does something', async ({ tocsin, expect }) => {
    const { ann } = await paged(tocsin)
    await ann.moves('+4915112346001')
    await settle()
    const answers = []
    for (let count = 0; count < 6; count++) answers.push(await text(tocsin, '+4915112346001', '7a'))
    expect(answers[0]).toContain('There is no 7')
    expect(answers[5]).toBe('')
    expect(await text(tocsin, '+4915112346001', '1r')).toContain('Resolved SRC1-1')
  })

  it('of a stranger gets no answer and does nothing', async ({ tocsin, expect }) => {
    await paged(tocsin)
    expect(await text(tocsin, '+4915112349998', '1a')).toBe('')
    expect((await tocsin.incident('SRC1-1')).status).toBe('PENDING')
    await tocsin.api.put('/incidents/SRC1-1/resolve')
  })

  it('that did not arrive makes the next step due', async ({ tocsin, expect }) => {
    const { ann, notificationId } = await paged(tocsin)
    const path = `${STATUS}?user=${ann.id}&notification=${notificationId}`
    await post(tocsin, path, { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30005' })
    await ann.getsMail('Disk full')
    expect((await tocsin.timeline('SRC1-1')).join()).toContain('does not exist any more')
    await tocsin.api.put('/incidents/SRC1-1/resolve')
  })
})

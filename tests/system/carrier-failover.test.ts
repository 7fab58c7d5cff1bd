import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe } from 'vitest'
import {
  BASE,
  type Fields,
  outage,
  posts,
  reachable,
  setUp,
  TELNYX_NUMBER,
  TWILIO_NUMBER,
  tearDown,
  telnyxEvent,
  telnyxPosts,
  took,
  tookNow,
} from './harness/carriers.ts'
import { MINUTE } from './harness/clock.ts'
import { settle } from './harness/settle.ts'
import { it, mail, type Step, sms, type Tocsin } from './harness/tocsin.ts'

beforeEach(() => setUp('twilio', 'telnyx'))
afterEach(tearDown)

const MESSAGES = `${BASE}/api/v1/carriers/telnyx/messages`

async function annAndHerSource(tocsin: Tocsin, number: string | null, ...steps: Step[]) {
  const ann = await reachable(tocsin, number, ...steps)
  const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))
  return { ann, source }
}

/** Else what waits would go on to be tried after the test, and then by the sandbox. */
async function resolveAll(tocsin: Tocsin): Promise<void> {
  const open = await tocsin.api.get<{ id: number; status: string }[]>('/incidents?max-results=100')
  for (const { id, status } of open) if (status !== 'RESOLVED') await tocsin.api.put(`/incidents/${id}/resolve`)
  await settle()
}

describe('a text message', () => {
  it('goes through Twilio while that works, and through Telnyx when it is down', async ({ tocsin, expect }) => {
    const { ann, source } = await annAndHerSource(tocsin, null, sms())
    const first = await source.alert('Disk full')
    expect(await took('twilio')).toMatchObject([{ To: ann.contacts.phone.target, From: TWILIO_NUMBER }])
    expect(await tookNow('telnyx')).toEqual([])
    expect((await tocsin.timeline(first)).join()).toContain('sent through twilio')

    outage('twilio')
    const second = await source.alert('Fan broken')
    const [text, ...more] = await took('telnyx')
    expect(text).toMatchObject({ to: ann.contacts.phone.target, from: TELNYX_NUMBER })
    expect(text?.text).toContain('Fan broken. Reply 2a accept')
    expect([...more, ...(await tookNow('twilio'))]).toEqual([])
    const lines = (await tocsin.timeline(second)).join('\n')
    expect(lines).toContain('sent through telnyx')
    expect(lines).toContain('twilio: Twilio answered HTTP 503')
    await resolveAll(tocsin)
  })

  it('that Twilio refuses for good may be taken by Telnyx', async ({ tocsin, expect }) => {
    const { source } = await annAndHerSource(tocsin, '+4915112340004', sms())
    const incident = await source.alert('Disk full')
    expect(await took('telnyx')).toMatchObject([{ to: '+4915112340004' }])
    const lines = (await tocsin.timeline(incident)).join('\n')
    expect(lines).toContain('sent through telnyx')
    expect(lines).toContain('twilio: there is no such number (21211)')
    await resolveAll(tocsin)
  })

  it('that both refuse for good has the next step go out at once', async ({ tocsin, expect }) => {
    const { ann, source } = await annAndHerSource(tocsin, '+4915112340001', sms(), mail(30))
    const incident = await source.alert('Disk full')
    await ann.getsMail('Disk full')
    const lines = (await tocsin.timeline(incident)).join('\n')
    expect(lines).toContain('twilio: there is no such number (21211)')
    expect(lines).toContain('telnyx: there is no such number: correct the contact (40310)')
    expect([...(await tookNow('twilio')), ...(await tookNow('telnyx'))]).toEqual([])
    await resolveAll(tocsin)
  })
})

describe('an outage in a storm', () => {
  async function storm(tocsin: Tocsin, between: () => void) {
    const { source } = await annAndHerSource(tocsin, null, sms())
    const references = [await source.alert('Disk 1 is full')]
    between()
    for (let index = 2; index <= 40; index++) references.push(await source.alert(`Disk ${index} is full`))
    return references
  }

  /** Every incident says that its user has been told, by itself or with others. */
  async function notTold(tocsin: Tocsin, references: string[]): Promise<string[]> {
    const missing: string[] = []
    for (const reference of references) {
      const lines = await tocsin.timeline(reference)
      if (!lines.some((line) => line.includes('sent through twilio') || line.includes('sent through telnyx')))
        missing.push(reference)
    }
    return missing
  }

  it('of Twilio loses none of 40', async ({ tocsin, expect }) => {
    const references = await storm(tocsin, () => outage('twilio'))
    expect(new Set(references).size).toBe(40)
    await tocsin.pass(2 * MINUTE)
    expect(await tookNow('twilio')).toHaveLength(1)
    expect((await tookNow('telnyx')).length).toBeGreaterThan(0)
    expect(await notTold(tocsin, references)).toEqual([])
    await resolveAll(tocsin)
  }, 60_000)

  it('of both loses none of 40 when one is back', async ({ tocsin, expect }) => {
    const references = await storm(tocsin, () => {
      outage('twilio')
      outage('telnyx')
    })
    expect(await notTold(tocsin, references)).not.toEqual([])
    outage('telnyx', false)
    await tocsin.pass(4 * MINUTE)
    expect(await notTold(tocsin, references)).toEqual([])
    await resolveAll(tocsin)
  }, 60_000)
})

describe('what Telnyx tells', () => {
  async function texted(tocsin: Tocsin) {
    outage('twilio')
    const { ann, source } = await annAndHerSource(tocsin, null, sms(), mail(30))
    const incident = await source.alert('Disk full')
    const [asked] = await took('telnyx')
    const callback = asked?.webhook_url ?? ''
    expectSigned(callback)
    return { ann, incident, callback }
  }

  function expectSigned(url: string): void {
    if (!/^https:\/\/tocsin\.example\.com\/api\/v1\/carriers\/telnyx\/status\?.*signature=[0-9a-f]{64}$/.test(url))
      throw new Error(`Not an address of ours: ${url}`)
  }

  const finalized = (status: string, code?: string) =>
    telnyxEvent('message.finalized', {
      id: 'm1',
      to: [{ phone_number: '+4915112345001', status }],
      errors: code ? [{ code, title: 'title' }] : [],
    })

  it('that a text arrived is on the timeline', async ({ tocsin, expect }) => {
    const { incident, callback } = await texted(tocsin)
    const sent = telnyxEvent('message.sent', { id: 'm1', to: [{ phone_number: '+4915112345001', status: 'sent' }] })
    expect((await telnyxPosts(tocsin, callback, sent)).status).toBe(204)
    expect((await tocsin.timeline(incident)).join()).not.toContain('delivered')
    expect((await telnyxPosts(tocsin, callback, finalized('delivered'))).status).toBe(204)
    expect((await tocsin.timeline(incident)).join()).toContain('delivered')
    await resolveAll(tocsin)
  })

  it('that a text did not arrive makes the next step due', async ({ tocsin, expect }) => {
    const { ann, incident, callback } = await texted(tocsin)
    await telnyxPosts(tocsin, callback, finalized('delivery_failed', '40001'))
    await ann.getsMail('Disk full')
    expect((await tocsin.timeline(incident)).join()).toContain('landline')
    await resolveAll(tocsin)
  })

  it('does nothing where it is forged, old, or told of another message', async ({ tocsin, expect }) => {
    const { incident, callback } = await texted(tocsin)
    const body = finalized('delivery_failed', '40001')
    const seconds = (ms: number) => String(Math.floor((Date.now() + ms) / 1_000))
    for (const forgery of [
      { signature: '' },
      { signature: btoa('x'.repeat(64)) },
      { body: finalized('delivery_failed', '40310') },
      { timestamp: seconds(-6 * MINUTE) },
      { timestamp: seconds(6 * MINUTE) },
      { timestamp: 'now' },
    ])
      expect((await telnyxPosts(tocsin, callback, body, forgery)).status, JSON.stringify(forgery)).toBe(403)
    for (const url of [
      callback.replace(/user=\d+/, 'user=1'),
      callback.replace(/expires=\d+/, 'expires=9999999999999'),
      callback.replace('/status?', '/voice/answer?'),
      callback.replace(/signature=[0-9a-f]+/, 'signature='),
      `${callback}&incident=1`,
    ])
      expect((await telnyxPosts(tocsin, url, body)).status, url).toBe(403)
    await tocsin.carrier.expectSilence()
    expect((await tocsin.timeline(incident)).join()).not.toContain('landline')
    const { publicKey } = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
    const other = new Uint8Array((await crypto.subtle.exportKey('raw', publicKey)) as ArrayBuffer)
    Object.assign(env, { TELNYX_PUBLIC_KEY: btoa(String.fromCharCode(...other)) })
    expect((await telnyxPosts(tocsin, callback, body)).status).toBe(403)
    await resolveAll(tocsin)
  })
})

describe('a text to the Telnyx number', () => {
  let sent = 0

  async function texts(tocsin: Tocsin, from: string, text: string, forgery = {}): Promise<number> {
    const payload = { id: `in-${++sent}`, from: { phone_number: from }, to: [{ phone_number: TELNYX_NUMBER }], text }
    return (await telnyxPosts(tocsin, MESSAGES, telnyxEvent('message.received', payload), forgery)).status
  }

  it('answers a page, and what it did comes back from there', async ({ tocsin, expect }) => {
    const { ann, source } = await annAndHerSource(tocsin, '+4915112347001', sms())
    const incident = await source.alert('Disk full')
    await took('twilio')
    expect(await texts(tocsin, '+4915112347001', '1a')).toBe(204)
    expect((await tocsin.incident(incident)).status).toBe('ACCEPTED')
    expect((await tocsin.timeline(incident)).join()).toContain(ann.name)
    expect(await took('telnyx')).toMatchObject([
      { from: TELNYX_NUMBER, to: '+4915112347001', text: expect.stringContaining('Accepted SRC1-1: Disk full.') },
    ])
    await resolveAll(tocsin)
  })

  it('of a stranger gets no answer and does nothing', async ({ tocsin, expect }) => {
    const { source } = await annAndHerSource(tocsin, null, sms())
    const incident = await source.alert('Disk full')
    for (const text of ['1a', 'hello']) expect(await texts(tocsin, '+4915112347998', text)).toBe(204)
    expect(await tookNow('telnyx')).toEqual([])
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
    await resolveAll(tocsin)
  })

  it('that says STOP is Telnyx’s to answer', async ({ tocsin, expect }) => {
    await annAndHerSource(tocsin, '+4915112347002', sms())
    for (const text of ['STOP', ' stop ', 'Start', 'HELP'])
      expect(await texts(tocsin, '+4915112347002', text)).toBe(204)
    expect(await tookNow('telnyx')).toEqual([])
  })

  it('opens an incident of the alert source that has the number', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', mail())
    const policy = await tocsin.policy([[ann]])
    await tocsin.source(policy, { integrationType: 'SMS', sms: { number: TELNYX_NUMBER } } as object)
    expect(await texts(tocsin, '+4915112347003', 'Pump leaks')).toBe(204)
    await ann.getsMail('Pump leaks')
    expect(await took('telnyx')).toMatchObject([{ to: '+4915112347003', text: expect.stringContaining('is open') }])
    await resolveAll(tocsin)
  })

  it('that Telnyx did not sign, or signed too long ago, does nothing', async ({ tocsin, expect }) => {
    const { source } = await annAndHerSource(tocsin, '+4915112347004', sms())
    const incident = await source.alert('Disk full')
    const old = String(Math.floor((Date.now() - 6 * MINUTE) / 1_000))
    for (const forgery of [{ signature: '' }, { signature: btoa('y'.repeat(64)) }, { body: '{}' }, { timestamp: old }])
      expect(await texts(tocsin, '+4915112347004', '1a', forgery)).toBe(403)
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
    await resolveAll(tocsin)
  })
})

describe('what Twilio tells', () => {
  it('does nothing where it is forged or told of another message', async ({ tocsin, expect }) => {
    const { source } = await annAndHerSource(tocsin, null, sms())
    const incident = await source.alert('Disk full')
    const [asked] = await took('twilio')
    const callback = asked?.StatusCallback ?? ''
    const fields: Fields = { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30005' }
    const { ErrorCode: _, ...others } = fields
    const changed = new URLSearchParams(others).toString()
    for (const forgery of [{ signature: '' }, { signature: btoa('z'.repeat(20)) }, { body: changed }])
      expect((await posts('twilio', tocsin, callback, fields, forgery)).status).toBe(403)
    expect((await tocsin.timeline(incident)).join()).not.toContain('does not exist')
    expect((await posts('twilio', tocsin, callback, fields)).status).toBe(204)
    // Nothing else reaches Ann.
    await tocsin.carrier.expect(tocsin.administrator, 'EMAIL', 'Disk full')
    expect((await tocsin.timeline(incident)).join()).toContain('does not exist any more')
    await resolveAll(tocsin)
  })
})

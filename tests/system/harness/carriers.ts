import { env } from 'cloudflare:workers'
import { inject } from 'vitest'
import { send } from '../../../src/notifications/send.ts'
import { settle, until } from './settle.ts'
import type { Step, TestUser, Tocsin } from './tocsin.ts'

/** Real carriers for texts and calls, as their doubles stand in for them, and what they tell us. */

export const BASE = 'https://tocsin.example.com'
export const TWILIO_NUMBER = '+4915199000000'
export const TELNYX_NUMBER = '+4915199000001'

export type CarrierName = 'twilio' | 'telnyx'
export type Fields = Record<string, string>

let accounts = 0
let account = ''

/** Sets up one or both, with accounts that are this test's own. */
export async function setUp(...names: CarrierName[]): Promise<void> {
  account = `both-${++accounts}`
  const url = inject('carriers')
  if (names.includes('twilio'))
    Object.assign(env, { TWILIO_API_URL: url, TWILIO_ACCOUNT_SID: `AC${account}`, TWILIO_FROM: TWILIO_NUMBER })
  if (names.includes('telnyx')) {
    const { key } = await (await fetch(`${url}/telnyx/public-key`)).json<{ key: string }>()
    Object.assign(env, { TELNYX_API_URL: url, TELNYX_API_KEY: `KEY${account}`, TELNYX_FROM: TELNYX_NUMBER })
    Object.assign(env, { TELNYX_TEXML_APP_ID: '17', TELNYX_PUBLIC_KEY: key })
  }
  await forgetTroubles(names)
}

export function tearDown(): void {
  for (const name of Object.keys(env)) {
    if (/^(TWILIO_(API_URL|ACCOUNT_SID|FROM)|TELNYX_)/.test(name))
      delete (env as unknown as Record<string, unknown>)[name]
  }
}

/** From here on every request to it is answered 503, or no more. */
export function outage(name: CarrierName, on = true): void {
  const url = inject('carriers') + (on ? '/down' : '')
  Object.assign(env, name === 'twilio' ? { TWILIO_API_URL: url } : { TELNYX_API_URL: url })
}

/** Somebody whose number is confirmed, as theirs is who typed the code that came to it. */
export async function reachable(tocsin: Tocsin, number: string | null, ...steps: Step[]): Promise<TestUser> {
  const user = await tocsin.user('Ann')
  if (number) await user.moves(number)
  await env.DB.prepare(`UPDATE contacts SET status = 'OK' WHERE user_id = ?`).bind(user.id).run()
  // Their Pager hears of it with these.
  for (const step of steps) await user.prefer(step)
  await settle()
  return user
}

/** What the carrier took since the last look, nothing included. */
export async function tookNow(name: CarrierName): Promise<Fields[]> {
  await settle()
  return (await fetch(`${inject('carriers')}/taken/${name === 'twilio' ? 'AC' : 'KEY'}${account}`)).json()
}

/** The same, once something came. */
export async function took(name: CarrierName): Promise<Fields[]> {
  const messages: Fields[] = []
  await until(async () => messages.push(...(await tookNow(name))) > 0, `${name} took something`)
  return messages
}

/** A webhook whose signature a test may spoil. */
export interface Forgery {
  signature?: string
  /** In seconds. */
  timestamp?: string
  /** What is sent, where that is not what was signed. */
  body?: string
}

/** A form as this carrier posts it, to a whole address. */
export function posts(name: CarrierName, tocsin: Tocsin, url: string, fields: Fields, forgery: Forgery = {}) {
  const form = new URLSearchParams(fields)
  return name === 'twilio'
    ? twilioPosts(tocsin, url, form, forgery)
    : telnyxPosts(tocsin, url, form.toString(), forgery)
}

/** https://www.twilio.com/docs/usage/security#validating-requests */
async function twilioPosts(tocsin: Tocsin, url: string, form: URLSearchParams, { signature, body }: Forgery) {
  const signed =
    url +
    [...form]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flat()
      .join('')
  return post(tocsin, url, body ?? form.toString(), { 'X-Twilio-Signature': signature ?? (await hmac(signed)) })
}

async function hmac(signed: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const algorithm = { name: 'HMAC', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('raw', bytes('twilio auth token of the tests'), algorithm, false, ['sign'])
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(signed)))))
}

export async function telnyxPosts(tocsin: Tocsin, url: string, body: string, forgery: Forgery = {}) {
  const timestamp = forgery.timestamp ?? String(Math.floor(Date.now() / 1_000))
  const asked = await fetch(`${inject('carriers')}/telnyx/sign/${timestamp}`, { method: 'POST', body })
  const { signature } = await asked.json<{ signature: string }>()
  const signed = { 'telnyx-timestamp': timestamp, 'telnyx-signature-ed25519': forgery.signature ?? signature }
  return post(tocsin, url, forgery.body ?? body, signed)
}

/** What Telnyx tells of a message: https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks */
export function telnyxEvent(event_type: string, payload: object): string {
  return JSON.stringify({ data: { event_type, id: 'event', record_type: 'event', payload } })
}

async function post(tocsin: Tocsin, url: string, body: string, headers: Fields): Promise<Response> {
  const form = body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded'
  const response = await tocsin.api.raw('POST', url, { body, headers: { 'Content-Type': form, ...headers } })
  await settle()
  return response
}

/** The telephone that a call rings at. */
export class Telephone {
  said = ''
  #next: string

  constructor(
    private readonly carrier: CarrierName,
    private readonly tocsin: Tocsin,
    /** The call as the carrier was asked for it. */
    readonly asked: Fields,
  ) {
    this.#next = asked.Url ?? ''
  }

  async pickUp(): Promise<string> {
    const said = await this.#go({
      CallStatus: 'in-progress',
      ...(this.carrier === 'twilio' ? { AnsweredBy: 'human' } : {}),
    })
    if (this.carrier === 'telnyx') await this.#tell('AsyncAmdStatusCallback', { AnsweredBy: 'human' })
    return said
  }

  /** Twilio says it before it asks what to say, Telnyx meanwhile. */
  async isTakenByAMachine(): Promise<void> {
    if (this.carrier === 'twilio') await this.#go({ CallStatus: 'in-progress', AnsweredBy: 'machine_start' })
    else await this.#tell('AsyncAmdStatusCallback', { AnsweredBy: 'machine_start' })
    await this.ends('completed', this.carrier === 'twilio' ? { AnsweredBy: 'machine_start' } : {})
  }

  press(digit: string): Promise<string> {
    return this.#go({ CallStatus: 'in-progress', Digits: digit })
  }

  /** Hung up, or never taken. */
  ends(status: 'completed' | 'busy' | 'no-answer' | 'failed', fields: Fields = {}): Promise<void> {
    return this.#tell('StatusCallback', { CallStatus: status, ...fields })
  }

  /** Where the next digit would go. */
  get next(): string {
    return this.#next
  }

  async #go(fields: Fields): Promise<string> {
    const response = await posts(this.carrier, this.tocsin, this.#next, { CallSid: 'CA1', ...fields })
    if (response.status !== 200) throw new Error(`The call was answered ${response.status}: ${await response.text()}`)
    this.said = await response.text()
    this.#next = /action="([^"]+)"/.exec(this.said)?.[1]?.replaceAll('&amp;', '&') ?? this.#next
    return this.said
  }

  async #tell(address: string, fields: Fields): Promise<void> {
    const response = await posts(this.carrier, this.tocsin, this.asked[address] ?? '', { CallSid: 'CA1', ...fields })
    if (response.status !== 204) throw new Error(`What became of the call was answered ${response.status}`)
  }
}

/** The tests' clock begins anew with each, and the memory of who failed lately would outlive it. */
async function forgetTroubles(names: CarrierName[]): Promise<void> {
  const message = { channel: 'SMS', notificationId: 'warm-up', userId: 999_999, incidentId: null } as const
  const both = { ...env } as typeof env
  for (const name of names) {
    const alone = { ...both, ...(name === 'twilio' ? { TELNYX_API_KEY: '' } : { TWILIO_ACCOUNT_SID: '' }) }
    await send({ ...message, to: '+4915112349990', text: 'warm-up' }, alone)
    await fetch(`${inject('carriers')}/taken/${name === 'twilio' ? 'AC' : 'KEY'}${account}`)
  }
}

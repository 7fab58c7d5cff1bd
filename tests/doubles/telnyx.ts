import { generateKeyPairSync, sign } from 'node:crypto'
import type { CarrierAnswer, CarrierRequest } from './double.ts'

/** The key that this Telnyx signs its webhooks with. */
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const PUBLIC_KEY = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')

/**
 * Telnyx's API: https://developers.telnyx.com/api-reference/messages/send-a-message and
 * https://developers.telnyx.com/api-reference/texml-rest-commands/deprecated-initiate-an-outbound-call. The key names the
 * account. What it does by itself a test asks it for: `GET /telnyx/public-key`, and `POST /telnyx/sign/<timestamp>` for the
 * signature of a webhook's body.
 */
export function telnyxAnswer(request: CarrierRequest): CarrierAnswer | null {
  const { method, path, body } = request
  if (path === '/telnyx/public-key') return said({ key: PUBLIC_KEY })
  const timestamp = /^\/telnyx\/sign\/(.*)$/.exec(path)?.[1]
  if (timestamp !== undefined)
    return said({ signature: sign(null, Buffer.from(`${timestamp}|${body}`), privateKey).toString('base64') })
  if (method !== 'POST') return null
  if (path === '/v2/messages') return authenticated(request, message)
  const application = /^\/v2\/texml\/calls\/([^/]+)$/.exec(path)?.[1]
  if (application === undefined) return null
  return application === 'unknown'
    ? refuse(404, '10005', 'Resource not found')
    : authenticated(request, (account, fields) => call(account, { ...fields, application }))
}

type Fields = Record<string, string | undefined>

function authenticated({ headers, body }: CarrierRequest, take: (account: string, fields: Fields) => CarrierAnswer) {
  const account = /^Bearer (KEY.+)$/.exec(headers.authorization ?? '')?.[1]
  if (!account || account === 'KEYunknown') return refuse(401, '10009', 'Authentication failed')
  if (!headers['content-type']?.startsWith('application/json')) return refuse(415, '10014', 'Unsupported Media Type')
  return take(account, JSON.parse(body))
}

function message(account: string, fields: Fields): CarrierAnswer {
  const { from, to = '', text, webhook_url } = fields
  if (!from) return refuse(422, '10004', 'Missing required parameter')
  if (!text) return refuse(422, '40304', 'Invalid combination of message content arguments')
  if (text.length > 1600) return refuse(400, '40302', 'Message too large')
  return (
    badAddress(webhook_url) ??
    badNumber(to) ??
    took(account, fields, { data: { id: 'message', record_type: 'message' } })
  )
}

function call(account: string, fields: Fields): CarrierAnswer {
  const { From, To = '', Url } = fields
  if (!From || !Url) return refuse(422, '10004', 'Missing required parameter')
  const bad = [Url, fields.StatusCallback, fields.AsyncAmdStatusCallback].map(badAddress).find(Boolean)
  return bad ?? badNumber(To) ?? took(account, fields, { data: { from: From, to: To, status: 'queued' } })
}

function badAddress(url: string | undefined): CarrierAnswer | null {
  const bad = url !== undefined && (!url.startsWith('https://') || url.length > 2_000)
  return bad ? refuse(422, '10003', 'Invalid URL') : null
}

function badNumber(to: string): CarrierAnswer | null {
  if (!/^\+[1-9]\d{6,14}$/.test(to) || to.endsWith('0001')) return refuse(400, '40310', `Invalid 'to' address`)
  if (to.endsWith('0002')) return refuse(429, '10011', 'Too many requests')
  if (to.endsWith('0003')) return refuse(409, '40300', 'Blocked due to STOP message')
  return null
}

function took(account: string, fields: Fields, body: object): CarrierAnswer {
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value)] as const)
  return { status: 200, body, took: { account, message: Object.fromEntries(texts) } }
}

/** https://developers.telnyx.com/development/api-fundamentals/api-errors */
function refuse(status: number, code: string, title: string): CarrierAnswer {
  return { status, body: { errors: [{ code, title, detail: 'private words of the carrier' }] }, took: null }
}

function said(body: object): CarrierAnswer {
  return { status: 200, body, took: null }
}

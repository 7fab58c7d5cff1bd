import { createECDH, createPublicKey, type ECDH, randomBytes, verify } from 'node:crypto'
import { decrypt } from 'http_ece'
import type { CarrierAnswer, CarrierRequest } from './double.ts'

/** A browser that has subscribed; what it knows, its push service never learns. */
interface Browser {
  keys: ECDH
  auth: Buffer
}

const browsers = new Map<string, Browser>()

/**
 * A push service (RFC 8030) and the browsers that use it. `GET /push-subscriptions/<browser>` subscribes and tells the keys;
 * pushes come to `/push/<browser>`, are checked as RFC 8292 says, and decrypted as their browser would (RFC 8291).
 *
 * One whose name begins with `gone-`, `busy-`, `broken-` or `foreign-` is answered 410, 429, 500 or 403.
 */
export function pushServiceAnswer(request: CarrierRequest): CarrierAnswer | null {
  const { method, path, headers } = request
  const subscribing = /^\/push-subscriptions\/([\w-]+)$/.exec(path)?.[1]
  if (subscribing && method === 'GET') return { status: 200, body: subscribe(subscribing), took: null }
  const name = /^\/push\/([\w-]+)$/.exec(path)?.[1]
  if (!name || method !== 'POST') return null
  const browser = browsers.get(name)
  const status = browser ? (STATUSES[name.split('-', 1)[0] ?? ''] ?? problemOf(request)) : 404
  if (!browser || status !== 201) return { status, body: {}, took: null }
  const payload = decrypt(request.bytes, { version: 'aes128gcm', privateKey: browser.keys, authSecret: browser.auth })
  const { ttl = '', urgency = '', topic = '' } = headers
  const message = { payload: payload.toString('utf8'), ttl, urgency, topic }
  return { status, body: {}, took: { account: `push-${name}`, message } }
}

const STATUSES: Record<string, number> = { gone: 410, busy: 429, broken: 500, foreign: 403 }
const LATEST_SECONDS = 24 * 3600

function subscribe(name: string) {
  const keys = createECDH('prime256v1')
  keys.generateKeys()
  const browser = { keys, auth: randomBytes(16) }
  browsers.set(name, browser)
  return { p256dh: keys.getPublicKey().toString('base64url'), auth: browser.auth.toString('base64url') }
}

/** The status of what is wrong with it; 201: nothing. */
function problemOf({ headers, bytes }: CarrierRequest): number {
  if (headers['content-encoding'] !== 'aes128gcm' || !/^\d+$/.test(headers.ttl ?? '')) return 400
  if (!/^(very-low|low|normal|high)$/.test(headers.urgency ?? 'normal')) return 400
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(headers.topic ?? 'x')) return 400
  if (bytes.byteLength > 4096) return 413
  const [, token, key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? []
  return token && key && isSigned(token, key, `https://${headers.host}`) ? 201 : 401
}

function isSigned(token: string, key: string, audience: string): boolean {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  if (point.byteLength !== 65) return false
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const genuine = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'))
  const { aud, exp, iat, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))
  // The tests' time is not ours, so that the claims are only held against each other.
  return (
    genuine &&
    alg === 'ES256' &&
    aud === audience &&
    exp > iat &&
    exp - iat <= LATEST_SECONDS &&
    /^(mailto:|https:)/.test(sub)
  )
}

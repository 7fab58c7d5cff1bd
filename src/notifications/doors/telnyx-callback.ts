import type { Env } from '../../env.ts'
import { publicUrl } from '../../public-url.ts'
import { hmacKey } from '../../secrets.ts'

/**
 * Addresses that we give Telnyx to call. Its own signature covers the body and not the address, where it stands whom a
 * callback is about: so each carries our signature of path and query, and the time it ends.
 */

const PURPOSE = 'telnyx-callback'
/** A carrier may say a day later what became of a text. */
const VALID_FOR_MS = 3 * 24 * 60 * 60_000

export async function callbackUrl(env: Env, path: string, query: Record<string, string>): Promise<string> {
  const signed = new URLSearchParams({ ...query, expires: String(Date.now() + VALID_FOR_MS) })
  const mac = await crypto.subtle.sign('HMAC', await hmacKey(env.SECRET, PURPOSE), what(path, signed))
  signed.set('signature', hex(new Uint8Array(mac)))
  return `${publicUrl(env)}${path}?${signed}`
}

/** Whether we gave this address out, and not too long ago. Compares in constant time. */
export async function isOurCallback(env: Env, { pathname, searchParams }: URL, now: number): Promise<boolean> {
  const signature = bytesOf(searchParams.get('signature') ?? '')
  if (!signature) return false
  const signed = new URLSearchParams(searchParams)
  signed.delete('signature')
  const genuine = await crypto.subtle.verify(
    'HMAC',
    await hmacKey(env.SECRET, PURPOSE),
    signature,
    what(pathname, signed),
  )
  return genuine && Number(signed.get('expires')) > now
}

function what(path: string, query: URLSearchParams): Uint8Array {
  return new TextEncoder().encode(`${path}?${query}`)
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function bytesOf(text: string): Uint8Array | null {
  if (!/^[0-9a-f]{64}$/.test(text)) return null
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

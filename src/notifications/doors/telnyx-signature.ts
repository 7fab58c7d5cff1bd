/**
 * Whether Telnyx made a request a moment ago: its Ed25519 signature over `timestamp|body`, both headers as they came.
 * https://developers.telnyx.com/docs/development/api-fundamentals/webhooks/receiving-webhooks
 *
 * @param timestamp in seconds
 * @param publicKey of the account, 32 bytes in base64
 */
export async function isTelnyxSignature(
  { signature, timestamp }: { signature: string; timestamp: string },
  body: string,
  publicKey: string,
  now: number,
): Promise<boolean> {
  const bytes = fromBase64(signature)
  const raw = fromBase64(publicKey)
  if (bytes?.length !== 64 || raw?.length !== 32 || !/^\d{1,12}$/.test(timestamp)) return false
  // Both ways: clocks differ, and a signature of tomorrow could be replayed until then.
  if (Math.abs(now - Number(timestamp) * 1_000) > TOLERANCE_MS) return false
  const key = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify'])
  return crypto.subtle.verify({ name: 'Ed25519' }, key, bytes, new TextEncoder().encode(`${timestamp}|${body}`))
}

const TOLERANCE_MS = 5 * 60_000

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

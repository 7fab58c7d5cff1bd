import { hmacKey } from '../secrets.ts'
import { claimsOf, FORMAT, fromBase32, type KeyClaims, MAC_BYTES, PAYLOAD_BYTES, toBase32 } from './key-format.ts'

/** Integration keys are made and checked here; `key-format.ts` says what they consist of. */
const PURPOSE = 'integration-key'

/** The key of a source's `generation` (1 to 65535). */
export async function integrationKey(secret: string, sourceId: number, generation: number): Promise<string> {
  const bytes = new Uint8Array(PAYLOAD_BYTES + MAC_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, FORMAT)
  view.setUint32(1, sourceId)
  view.setUint16(5, generation)
  bytes.set(await mac(secret, bytes.subarray(0, PAYLOAD_BYTES)), PAYLOAD_BYTES)
  return toBase32(bytes)
}

/** What the key says, or null when this deployment never issued it. Takes the same time wherever it is wrong. */
export async function verifyIntegrationKey(secret: string, key: string): Promise<KeyClaims | null> {
  const bytes = fromBase32(key.trim().toLowerCase())
  if (!bytes || bytes[0] !== FORMAT) return null
  const expected = await mac(secret, bytes.subarray(0, PAYLOAD_BYTES))
  if (!crypto.subtle.timingSafeEqual(expected, bytes.subarray(PAYLOAD_BYTES))) return null
  return claimsOf(bytes)
}

async function mac(secret: string, payload: Uint8Array): Promise<Uint8Array> {
  const signature = await crypto.subtle.sign('HMAC', await hmacKey(secret, PURPOSE), payload)
  return new Uint8Array(signature).subarray(0, MAC_BYTES)
}

import { hmacKey } from '../secrets.ts'

/**
 * Integration keys: 32 characters of base 32 (RFC 4648's alphabet in lower case), fit for URLs, mailboxes and headers,
 * the same in any case.
 *
 * The 20 bytes: format (1), source id (4), generation (2), and the first 13 bytes of HMAC-SHA-256 over the 7 before.
 * So the edge tells a real key from an invented one by arithmetic alone, with no storage asked.
 */

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const FORMAT = 1
const PAYLOAD_BYTES = 7
const MAC_BYTES = 13
const PURPOSE = 'integration-key'

/** Ids of sources stay below this, so that an incident's id (source · 2^32 + number) is a safe integer. */
export const MAX_SOURCE_ID = 2 ** 21 - 1

export interface KeyClaims {
  sourceId: number
  /** Rotation makes a new generation; the source's object knows which are still taken. */
  generation: number
}

/** The key of a source's `generation` (1 to 65535). */
export async function integrationKey(secret: string, sourceId: number, generation: number): Promise<string> {
  const bytes = new Uint8Array(PAYLOAD_BYTES + MAC_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, FORMAT)
  view.setUint32(1, sourceId)
  view.setUint16(5, generation)
  bytes.set(await mac(secret, bytes.subarray(0, PAYLOAD_BYTES)), PAYLOAD_BYTES)
  return base32(bytes)
}

/** What the key says, or null when this deployment never issued it. Takes the same time wherever it is wrong. */
export async function verifyIntegrationKey(secret: string, key: string): Promise<KeyClaims | null> {
  const bytes = fromBase32(key.trim().toLowerCase())
  if (!bytes || bytes[0] !== FORMAT) return null
  const expected = await mac(secret, bytes.subarray(0, PAYLOAD_BYTES))
  if (!crypto.subtle.timingSafeEqual(expected, bytes.subarray(PAYLOAD_BYTES))) return null
  return claimsOf(bytes)
}

/** How the text of every key begins: the format, and the bits that no id of a source has. */
export const KEY_BEGINNING = 'aea[ab]'

/** Whether a text has the structure of a key, as hardly any other word of 32 characters has. Cheap: asks no secret. */
export function looksLikeIntegrationKey(text: string): boolean {
  const bytes = fromBase32(text.toLowerCase())
  return bytes !== null && bytes[0] === FORMAT && claimsOf(bytes) !== null
}

function claimsOf(bytes: Uint8Array): KeyClaims | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const claims = { sourceId: view.getUint32(1), generation: view.getUint16(5) }
  return claims.sourceId > 0 && claims.sourceId <= MAX_SOURCE_ID ? claims : null
}

async function mac(secret: string, payload: Uint8Array): Promise<Uint8Array> {
  const signature = await crypto.subtle.sign('HMAC', await hmacKey(secret, PURPOSE), payload)
  return new Uint8Array(signature).subarray(0, MAC_BYTES)
}

function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(value >>> bits) & 31]
    }
    value &= (1 << bits) - 1
  }
  return text
}

function fromBase32(text: string): Uint8Array | null {
  if (text.length !== 32) return null
  const bytes = new Uint8Array(PAYLOAD_BYTES + MAC_BYTES)
  let bits = 0
  let value = 0
  let at = 0
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return null
    value = (value << 5) | digit
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (value >>> bits) & 255
      value &= (1 << bits) - 1
    }
  }
  return bytes
}

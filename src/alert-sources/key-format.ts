/**
 * Integration keys: 32 characters of base 32 (RFC 4648's alphabet in lower case), fit for URLs, mailboxes and headers,
 * the same in any case.
 *
 * The 20 bytes: format (1), source id (4), generation (2), and the first 13 bytes of HMAC-SHA-256 over the 7 before.
 * So the edge tells a real key from an invented one by arithmetic alone, with no storage asked.
 */

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
export const FORMAT = 1
export const PAYLOAD_BYTES = 7
export const MAC_BYTES = 13

/** Ids of sources stay below this, so that an incident's id (source · 2^32 + number) is a safe integer. */
export const MAX_SOURCE_ID = 2 ** 21 - 1

export interface KeyClaims {
  sourceId: number
  /** Rotation makes a new generation; the source's object knows which are still taken. */
  generation: number
}

/** How the text of every key begins: the format, and the bits that no id of a source has. */
export const KEY_BEGINNING = 'aea[ab]'

/** Whether a text has the structure of a key, as hardly any other word of 32 characters has. Cheap: asks no secret. */
export function looksLikeIntegrationKey(text: string): boolean {
  const bytes = fromBase32(text.toLowerCase())
  return bytes !== null && bytes[0] === FORMAT && claimsOf(bytes) !== null
}

/** What the key's bytes claim; null: no source can have that id. */
export function claimsOf(bytes: Uint8Array): KeyClaims | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const claims = { sourceId: view.getUint32(1), generation: view.getUint16(5) }
  return claims.sourceId > 0 && claims.sourceId <= MAX_SOURCE_ID ? claims : null
}

export function toBase32(bytes: Uint8Array): string {
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

/** Null: it is no text of 32 such characters. */
export function fromBase32(text: string): Uint8Array | null {
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

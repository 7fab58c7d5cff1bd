import { toBase32 } from '../../alert-sources/key-format.ts'
import { hmacKey } from '../../secrets.ts'

/**
 * The address that a mail's answers go to: `re-<token>@MAIL_DOMAIN`, for one user and one incident, in any case of letters.
 *
 * The token is base 32 of 25 bytes: format (1), user (5), incident (7), and the first 12 bytes of HMAC-SHA-256 over the 13
 * before. Whoever has it must still be that user: see `doors/mail-answers.ts`.
 */

export interface ReplyClaims {
  userId: number
  incidentId: number
}

export async function replyAddress(secret: string, domain: string, claims: ReplyClaims): Promise<string> {
  const payload = payloadOf(claims)
  const token = new Uint8Array(PAYLOAD_BYTES + MAC_BYTES)
  token.set(payload)
  token.set(await macOf(secret, payload), PAYLOAD_BYTES)
  return `${BEGINNING}${toBase32(token)}@${domain}`
}

/** Whether a mail to this address is meant as an answer. Cheap: it may still be forged. */
export function isReplyAddress(address: string): boolean {
  return address.slice(0, BEGINNING.length).toLowerCase() === BEGINNING
}

/** Whom and what an address of ours is for; null: we never made it. */
export async function verifyReplyAddress(secret: string, address: string): Promise<ReplyClaims | null> {
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@'))).toLowerCase()
  const bytes = isReplyAddress(local) ? fromBase32(local.slice(BEGINNING.length)) : null
  if (!bytes || bytes[0] !== FORMAT) return null
  const payload = bytes.slice(0, PAYLOAD_BYTES)
  const genuine = crypto.subtle.timingSafeEqual(await macOf(secret, payload), bytes.slice(PAYLOAD_BYTES))
  return genuine ? { userId: numberAt(payload, 1, 5), incidentId: numberAt(payload, 6, 7) } : null
}

const BEGINNING = 're-'
const PURPOSE = 'mail-reply-address'
const FORMAT = 1
const PAYLOAD_BYTES = 13
const MAC_BYTES = 12
const TOKEN_CHARACTERS = 40
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

function payloadOf({ userId, incidentId }: ReplyClaims): Uint8Array {
  return new Uint8Array([FORMAT, ...bytesOf(userId, 5), ...bytesOf(incidentId, 7)])
}

async function macOf(secret: string, payload: Uint8Array): Promise<Uint8Array> {
  const mac = await crypto.subtle.sign('HMAC', await hmacKey(secret, PURPOSE), payload)
  return new Uint8Array(mac, 0, MAC_BYTES)
}

/** Big-endian. Shifts would cut at 32 bits. */
function bytesOf(value: number, length: number): number[] {
  return Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256)
}

function numberAt(bytes: Uint8Array, start: number, length: number): number {
  return bytes.subarray(start, start + length).reduce((value, byte) => value * 256 + byte, 0)
}

/** Null: it is no text of so many such characters. They make whole bytes, so there is one way only to write a token. */
function fromBase32(text: string): Uint8Array | null {
  if (text.length !== TOKEN_CHARACTERS) return null
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return null
    value = (value << 5) | digit
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((value >>> bits) & 255)
    value &= (1 << bits) - 1
  }
  return new Uint8Array(bytes)
}

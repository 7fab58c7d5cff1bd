import { Buffer } from 'node:buffer'
import type { Env } from '../../env.ts'
import { deriveSecret } from '../../secrets.ts'

/**
 * The key pair by which push services know this deployment (RFC 8292). Every subscription is bound to it, so it is derived
 * from the deployment's secret: nothing has to be kept, and it stays the same for as long as that does.
 */
export interface VapidKeys {
  /** Base64url: what browsers subscribe with. */
  publicKey: string
  privateKey: string
}

const known = new Map<string, Promise<VapidKeys>>()

export function vapidKeys({ SECRET }: Pick<Env, 'SECRET'>): Promise<VapidKeys> {
  const keys = known.get(SECRET) ?? deriveKeys(SECRET)
  known.set(SECRET, keys)
  return keys
}

/** Whom a push service writes to when this deployment misbehaves; null: nobody is set up, and some of them refuse that. */
export function vapidSubject({ MAIL_FROM = '', PUBLIC_URL, SANDBOX }: Env): string | null {
  const address = /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(MAIL_FROM)?.[1] ?? /^\s*([^<>\s]+@[^<>\s]+)\s*$/.exec(MAIL_FROM)?.[1]
  if (address) return `mailto:${address}`
  if (PUBLIC_URL.startsWith('https://')) return PUBLIC_URL
  return SANDBOX === '1' ? 'mailto:tocsin@example.com' : null
}

async function deriveKeys(secret: string): Promise<VapidKeys> {
  const scalar = Buffer.from(await deriveSecret(secret, 'web push key pair'), 'hex')
  // A private key is a number below the curve's order, which any number of 255 bits is.
  scalar[0] = (scalar[0] as number) & 0x7f
  // WebCrypto works the public key out where it is given the private one alone, which this format allows (RFC 5915).
  const pkcs8 = new Uint8Array(Buffer.concat([PKCS8_P256_PREFIX, scalar]))
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
  const { x, y, d } = (await crypto.subtle.exportKey('jwk', key)) as JsonWebKey
  if (!x || !y || !d) throw new Error('the runtime did not work out a public key for pushes')
  const point = [Buffer.from([0x04]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  return { publicKey: Buffer.concat(point).toString('base64url'), privateKey: d }
}

/** PrivateKeyInfo { version 0, id-ecPublicKey on prime256v1, ECPrivateKey { version 1, 32 bytes that follow } }. */
const PKCS8_P256_PREFIX = Buffer.from('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420', 'hex')

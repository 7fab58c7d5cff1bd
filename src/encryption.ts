import { aesKey } from './secrets.ts'

/**
 * Secrets at rest: AES-256-GCM under a key that is derived from the deployment's secret for one purpose. The text is
 * `v1.<nonce>.<ciphertext>`; `v1` names the key, so that a later one can be told from it.
 */
const KEY_ID = 'v1'
const NONCE_BYTES = 12

export async function encrypt(secret: string, purpose: string, text: string): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const key = await aesKey(secret, purpose)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, new TextEncoder().encode(text))
  return [KEY_ID, toBase64(nonce), toBase64(new Uint8Array(sealed))].join('.')
}

/** Throws where the text was not encrypted under this secret for this purpose. */
export async function decrypt(secret: string, purpose: string, encrypted: string): Promise<string> {
  const [keyId, nonce = '', sealed = ''] = encrypted.split('.')
  if (keyId !== KEY_ID) throw new Error('Encrypted under an unknown key')
  const key = await aesKey(secret, purpose)
  const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(nonce) }, key, fromBase64(sealed))
  return new TextDecoder().decode(text)
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

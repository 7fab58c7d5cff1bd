/**
 * Whether Twilio made a request: the base64 of HMAC-SHA1, under the account's auth token, over the whole address and each
 * form field's name and value in the order of their names.
 * https://www.twilio.com/docs/usage/security#validating-requests
 */
export async function isTwilioSignature(
  signature: string | null | undefined,
  authToken: string,
  url: string,
  fields: URLSearchParams,
): Promise<boolean> {
  const bytes = signature ? fromBase64(signature) : null
  if (!bytes) return false
  const key = await crypto.subtle.importKey('raw', encode(authToken), { name: 'HMAC', hash: 'SHA-1' }, false, [
    'verify',
  ])
  // Compares in constant time.
  return crypto.subtle.verify('HMAC', key, bytes, encode(url + signedFields(fields)))
}

/** A name that is there several times counts once for each of its values. */
function signedFields(fields: URLSearchParams): string {
  const names = [...new Set(fields.keys())].sort()
  return names
    .map((name) =>
      [...new Set(fields.getAll(name))]
        .sort()
        .map((value) => name + value)
        .join(''),
    )
    .join('')
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

import { KEY_BEGINNING, looksLikeIntegrationKey } from './key-format.ts'

/** What credentials are replaced by, wherever they would be kept or shown. */
export const MASK = '***'

/** Names of fields whose value is a credential, in the spellings that tools use: what they end in. */
export const SECRET_WORDS =
  '(?:secret|token|password|passwd|passphrase|authorization|credential|(?:api|routing|service|integration|access|private|secret|signing|genie)[_ -]?key)s?(?:[_ -]?(?:value|text|\\d{1,3}))?'

const SECRET_NAME = new RegExp(`${SECRET_WORDS}$`, 'i')
const NAME_CHARACTERS = 200

/** Nothing that is taken is nested so deep; a text may hold JSON that is. */
const LEVELS = 40

// Not only where it stands alone: an escape before it, such as \n, would hide it.
const INTEGRATION_KEYS = new RegExp(`${KEY_BEGINNING}[a-z2-7]{28}`, 'gi')

/** Whatever it stands in, an integration key is a credential: whoever has it opens incidents. */
export function maskKeys(text: string): string {
  return text.replace(INTEGRATION_KEYS, (key) => (looksLikeIntegrationKey(key) ? MASK : key))
}

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.slice(-NAME_CHARACTERS))
}

/**
 * A value of JSON with what stands under secret names masked, and every text by `maskText`. A text that is JSON itself, as
 * queues wrap it, is masked as such.
 *
 * @param known what was masked before, so that events go on sharing what their payloads share
 */
export function maskSecrets(
  value: unknown,
  maskText: (text: string) => string,
  known = new WeakMap<object, unknown>(),
  levels = LEVELS,
): unknown {
  if (typeof value === 'string') return maskedJson(value, maskText, levels) ?? maskText(value)
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return MASK
  const before = known.get(value)
  if (before !== undefined) return before
  const masked = Array.isArray(value)
    ? value.map((item) => maskSecrets(item, maskText, known, levels - 1))
    : Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [
          maskKeys(name),
          isSecret(name, inner) ? MASK : maskSecrets(inner, maskText, known, levels - 1),
        ]),
      )
  known.set(value, masked)
  return masked
}

/** A text of JSON with its secrets masked; null where it is no JSON, or holds none. */
export function maskedJson(text: string, maskText: (text: string) => string, levels = LEVELS): string | null {
  if (levels === 0 || !/^\s*[[{]/.test(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    const masked = JSON.stringify(maskSecrets(value, maskText, new WeakMap(), levels - 1))
    return masked === JSON.stringify(value) ? null : masked
  } catch {
    return null
  }
}

/** `tokens: 5` counts them, and a flag gives nothing away. */
function isSecret(name: string, value: unknown): boolean {
  if (value === null || typeof value === 'boolean' || !isSecretName(name)) return false
  return typeof value !== 'number' || !/s$/i.test(name)
}

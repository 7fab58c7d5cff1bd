const encoder = new TextEncoder()

/** What a value takes as JSON in UTF-8, in which storage and queues count. */
export function jsonBytes(value: unknown): number {
  return encoder.encode(JSON.stringify(value) ?? '').byteLength
}

const sizes = new WeakMap<object, number>()

/** The same, but for a comma or so, of data that many events share: what was counted once is not counted again. */
export function sharedJsonBytes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return jsonBytes(value)
  const known = sizes.get(value)
  if (known !== undefined) return known
  let bytes = 2
  if (Array.isArray(value)) for (const item of value) bytes += sharedJsonBytes(item) + 1
  else for (const [name, inner] of Object.entries(value)) bytes += jsonBytes(name) + sharedJsonBytes(inner) + 2
  sizes.set(value, bytes)
  return bytes
}

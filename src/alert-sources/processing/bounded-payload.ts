import { LIMITS } from '../../limits.ts'

/** Elements of one list or fields of one object that templates and rules see. */
export const SEEN_ELEMENTS = 500
/** Values that they see of a whole payload. */
export const SEEN_VALUES = 10_000
const SEEN_LEVELS = 64

/**
 * What templates and rules see of a payload: its own properties, and no more of them than may be gone through once for
 * every step of a loop. Time can't bound that: a Worker's clock stands still while it computes.
 */
export function boundedPayload(payload: unknown): unknown {
  let left = SEEN_VALUES
  const bounded = (value: unknown, level: number): unknown => {
    left--
    if (typeof value === 'string') return value.slice(0, LIMITS.detailsCharacters)
    if (typeof value === 'number' || typeof value === 'boolean') return value
    if (typeof value !== 'object' || value === null || level > SEEN_LEVELS) return null
    if (Array.isArray(value)) {
      const list: unknown[] = []
      for (const item of value) {
        if (list.length >= SEEN_ELEMENTS || left <= 0) break
        list.push(bounded(item, level + 1))
      }
      return list
    }
    const fields: [string, unknown][] = []
    for (const name of Object.keys(value)) {
      if (fields.length >= SEEN_ELEMENTS || left <= 0) break
      fields.push([name, bounded((value as Record<string, unknown>)[name], level + 1)])
    }
    return Object.fromEntries(fields)
  }
  return bounded(payload, 0)
}

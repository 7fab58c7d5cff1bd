import { LIMITS } from '../../limits.ts'
import { Unreadable } from './tool.ts'

/** One more than a request may hold events, so that a longer list is refused for it and costs no more than that. */
const ELEMENTS = LIMITS.eventsPerRequest + 1

/**
 * Reads what a stranger sent without trusting its shape: a path of names and indices gives text, a list or another
 * payload, and whatever is not there, or is of another type, is simply absent. Only own properties are seen.
 */
export class Payload {
  readonly #value: unknown
  readonly #path: string

  constructor(value: unknown, path = '') {
    this.#value = value
    this.#path = path
  }

  /** The plain value. */
  get value(): unknown {
    return this.#value
  }

  /** What is at a path; a payload of `undefined` where there is nothing. */
  at(...path: (string | number)[]): Payload {
    let value = this.#value
    for (const part of path) value = own(value, part)
    return new Payload(value, [this.#path, ...path].filter((part) => part !== '').join('.'))
  }

  /** Text, number or boolean as trimmed text; null where it is absent, empty or anything else. */
  text(...path: (string | number)[]): string | null {
    const { value } = this.at(...path)
    if (typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean') return String(value)
    return typeof value === 'string' ? value.trim() || null : null
  }

  /** The first of these fields that has text. */
  firstText(...names: string[]): string | null {
    for (const name of names) {
      const text = this.text(name)
      if (text !== null) return text
    }
    return null
  }

  /** A number, also one sent as text; null where it is anything else. */
  number(...path: (string | number)[]): number | null {
    const text = this.text(...path)
    const number = text === null ? Number.NaN : Number(text)
    return Number.isFinite(number) ? number : null
  }

  /** The elements of a list, those of a very long one only in part; none where there is no list. */
  list(...path: (string | number)[]): Payload[] {
    const found = this.at(...path)
    return Array.isArray(found.#value)
      ? found.#value.slice(0, ELEMENTS).map((item, index) => new Payload(item, `${found.#path}.${index}`))
      : []
  }

  /** The fields of an object that have text, by name; empty where there is none. */
  texts(...path: (string | number)[]): Record<string, string> {
    const found = this.at(...path)
    return Object.fromEntries(
      found.names().flatMap((name): [string, string][] => {
        const text = found.text(name)
        return text === null ? [] : [[name, text]]
      }),
    )
  }

  /** The names of an object's fields. */
  names(): string[] {
    return this.isObject() ? Object.keys(this.#value as object).filter((name) => name !== '__proto__') : []
  }

  isObject(): boolean {
    return typeof this.#value === 'object' && this.#value !== null && !Array.isArray(this.#value)
  }

  isList(): boolean {
    return Array.isArray(this.#value)
  }

  /** Text that must be there. Throws `Unreadable`, which names the field. */
  required(...path: (string | number)[]): string {
    const text = this.text(...path)
    if (text !== null) return text
    const field = this.at(...path).#path
    throw new Unreadable(`${field} is missing or is not text`, field)
  }
}

function own(value: unknown, part: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
  return (value as Record<string | number, unknown>)[part]
}

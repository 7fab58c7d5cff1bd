import { withoutMark } from '../byte-order-mark.ts'
import type { Payload } from './payload.ts'
import { Unreadable } from './tool.ts'
import { parseJson } from './tool-request.ts'

/** A body that is JSON where the sender felt like it. */
export function jsonIfAny(text: string): Payload | null {
  if (!/^\s*[{[]/.test(text)) return null
  try {
    return parseJson(text)
  } catch (error) {
    // Too deep is not the same as no JSON: such a thing is not read as text either.
    if (error instanceof Unreadable && isJson(text)) throw error
    return null
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(withoutMark(text))
    return true
  } catch {
    return false
  }
}

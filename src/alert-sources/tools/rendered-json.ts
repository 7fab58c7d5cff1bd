import type { Payload } from './payload.ts'
import { type ToolRequest, Unreadable } from './tool.ts'
import { parseJson } from './tool-request.ts'

/**
 * JSON that a tool made by filling texts into a template without escaping them: line breaks and lone backslashes in a
 * text are mended, for an alert must not be lost over its wording. Quotation marks can't be.
 */
export function renderedJson(request: ToolRequest): Payload {
  try {
    return request.json()
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return parseJson(request.body.replace(CONTROL_CHARACTERS, ' ').replace(ESCAPES, escaped))
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON forbids in its texts.
const CONTROL_CHARACTERS = /[\u0000-\u001f]+/g

const ESCAPES = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})?/g

function escaped(sequence: string): string {
  return sequence === '\\' ? '\\\\' : sequence
}

import { XMLParser } from 'fast-xml-parser'
import { withoutMark } from '../byte-order-mark.ts'
import type { RawRequest } from '../delivery.ts'
import { Payload } from './payload.ts'
import { type ToolRequest, Unreadable } from './tool.ts'

/** Deeper than any tool sends; templates, rules and `JSON.stringify` walk what is accepted. */
const LEVELS = 32
const FORM_FIELDS = 200

/** A request as readers see it. `fields`: those of a form; `readForm` reads them. */
export function toolRequest(
  raw: Omit<RawRequest, 'via'>,
  fields: Record<string, string> = {},
  receivedAt: number = Date.now(),
): ToolRequest {
  return {
    method: raw.method,
    receivedAt,
    header: (name) =>
      Object.hasOwn(raw.headers, name.toLowerCase()) ? (raw.headers[name.toLowerCase()] ?? null) : null,
    query: new Payload(raw.query),
    body: raw.body,
    json: () => parseJson(raw.body),
    form: () => new Payload(fields),
  }
}

/** Reads JSON that came in whatever wrapping: a form field, a query parameter, a message of a queue. */
export function parseJson(text: string): Payload {
  let value: unknown
  try {
    value = JSON.parse(withoutMark(text))
  } catch {
    throw new Unreadable('The body is not valid JSON.')
  }
  if (typeof value !== 'object' || value === null) throw new Unreadable('The body must be a JSON object.')
  if (!tidy(value)) throw new Unreadable(`The body is nested deeper than ${LEVELS} levels.`)
  return new Payload(value)
}

/** Reads XML as nested objects: an element's text by its name, attributes as `@name`. Entities are those of XML and HTML. */
export function parseXml(text: string): Payload {
  if (declaresMarkup(text)) throw new Unreadable('The body must not declare a document type or entities.')
  let value: unknown
  try {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      parseTagValue: false,
      parseAttributeValue: false,
      trimValues: true,
      // What the library decodes numeric references by: Python's senders write all that is not ASCII with them.
      htmlEntities: true,
    })
    value = parser.parse(text, true)
  } catch {
    throw new Unreadable('The body is not valid XML.')
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
    throw new Unreadable('The body is not valid XML.')
  if (!tidy(value)) throw new Unreadable(`The body is nested deeper than ${LEVELS} levels.`)
  return new Payload(value)
}

/** Whether a declaration stands outside of what is text: the output of a check may well quote an HTML page. */
function declaresMarkup(text: string): boolean {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (/^<!(DOCTYPE|ENTITY)/i.test(text.slice(at, at + 9))) return true
    const quoted = QUOTED.find(([start]) => text.startsWith(start, at))
    if (!quoted) continue
    const end = text.indexOf(quoted[1], at + quoted[0].length)
    if (end < 0) return false
    at = end
  }
  return false
}

const QUOTED = [
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
  ['<?', '?>'],
] as const

/** The fields of a form body; none of any other body, and of a broken form. Files are left out. */
export async function readForm(body: string, contentType: string | null): Promise<Record<string, string>> {
  if (!contentType || !/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(contentType)) return {}
  try {
    const form = await new Response(body, { headers: { 'Content-Type': contentType } }).formData()
    const fields = [...form].filter((field): field is [string, string] => typeof field[1] === 'string')
    return Object.fromEntries(fields.slice(0, FORM_FIELDS))
  } catch {
    return {}
  }
}

/**
 * Whether a value is shallow enough; removes what could pass for a prototype. Iterative: what is checked here could be
 * nested deep enough to exhaust the stack.
 */
function tidy(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > LEVELS) return false
    level = level.flatMap((item) => {
      if (typeof item !== 'object' || item === null) return []
      Reflect.deleteProperty(item, '__proto__')
      return Object.values(item)
    })
  }
  return true
}

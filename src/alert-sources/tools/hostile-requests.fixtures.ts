import type { HostileRequest } from './contract.fixtures.ts'
import type { Tool } from './tool.ts'

/** Requests that no tool sends, made by hand or of a tool's sample. */

const LONG = 'x'.repeat(3000)
/** In place of any part of a sample. */
export const REPLACEMENTS: unknown[] = [
  undefined,
  null,
  0,
  -1.5,
  1e308,
  true,
  '',
  ' ',
  'x',
  LONG,
  '\ud800 half a character \udfff',
  'line one\nline two\u0000\u001b[31m',
  'javascript:alert(1)',
  [],
  [null],
  [[[]]],
  {},
  { '': '' },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
]

const MEGABYTE = 1024 * 1024

const BODIES: Record<string, string> = {
  empty: '',
  'white space': ' \n\t',
  text: 'hello, is anybody there?',
  'NUL and control characters': '\u0000\u0001\u001b',
  null: 'null',
  true: 'true',
  number: '42',
  'a JSON text': '"text"',
  'empty list': '[]',
  'empty object': '{}',
  'list of nothing': '[null, {}, [], 0, ""]',
  'cut JSON': '{"alerts": [{"status": "fi',
  'no JSON': '{alerts: NaN}',
  __proto__: '{"__proto__": {"polluted": true}}',
  'constructor.prototype': '{"constructor": {"prototype": {"polluted": true}}}',
  'prototype keys in a list': '[{"__proto__": {"polluted": true}, "prototype": {"polluted": true}}]',
  'names of methods': '{"toString": 1, "valueOf": null, "hasOwnProperty": "x", "length": -1, "then": {}}',
  'lone surrogates': '{"\\ud800": "\\udfff", "summary": "\\ud800", "title": "\\udfff", "status": "\\ud83d"}',
  '1 MB of text': 'x'.repeat(MEGABYTE),
  '1 MB in a field': JSON.stringify({ summary: 'x'.repeat(MEGABYTE), title: 'y' }),
  '1 MB of elements': `[${'{},'.repeat(MEGABYTE / 3)}{}]`,
  '1 MB of fields': JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`field${n}`, `${n}`]))),
  'lists nested 10,000 deep': '['.repeat(10_000) + ']'.repeat(10_000),
  'objects nested 10,000 deep': `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  'never closed': '['.repeat(MEGABYTE),
  'cut XML': '<event><apiKey>k</apiKey><payload><entry key="',
  'XML nested 10,000 deep': '<a>'.repeat(10_000) + '</a>'.repeat(10_000),
  'XML with entities': '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><event><payload>&c;</payload></event>',
  'XML with an external entity': '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><event>&b;</event>',
  'XML with prototype names': '<event><payload><entry key="__proto__">x</entry></payload></event>',
  'broken multipart': '--boundary\r\nContent-Disposition: form-data; name="data"\r\n\r\n{"a"',
  'multipart of a file':
    '--boundary\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n--boundary--\r\n',
  form: 'data=%7B%22&payload=%ff%fe&__proto__=x&constructor=y&a=1&a=2&=&%',
}

const CONTENT_TYPES = [
  undefined,
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=boundary',
  'multipart/form-data',
  'text/xml; charset=utf-8',
  'text/plain',
  ';;;',
]

export interface Named {
  name: string
  request: HostileRequest
}

/** The tool's own sample. */
export function sampleRequest({ sample }: Pick<Tool, 'sample'>): HostileRequest {
  const headers = Object.entries(sample.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
  return { method: 'POST', headers: Object.fromEntries(headers), query: { ...sample.query }, body: sample.body }
}

/** Bodies that are nothing the tool sends: under its own headers and without, and as everything that they are not. */
export function* strangeBodies(tool: Tool): Generator<Named> {
  const sample = sampleRequest(tool)
  yield { name: 'GET of nothing', request: { method: 'GET', headers: {}, query: {}, body: '' } }
  for (const [name, body] of Object.entries(BODIES)) {
    const large = body.length > 100_000
    for (const type of large ? CONTENT_TYPES.slice(0, 1) : CONTENT_TYPES) {
      const headers = type === undefined ? sample.headers : { ...sample.headers, 'content-type': type }
      yield { name: `${name} as ${type ?? 'the sample’s type'}`, request: { ...sample, headers, body } }
    }
    if (!large) yield { name: `${name} and nothing else`, request: { method: 'POST', headers: {}, query: {}, body } }
  }
}

/** The sample with one part of its body, query or headers replaced: each in turn by each of the replacements. */
export function* strangeParts(tool: Tool): Generator<Named> {
  const sample = sampleRequest(tool)
  for (const part of partsOf(sample)) {
    for (const replacement of REPLACEMENTS) {
      yield {
        name: `${part.name} is ${String(JSON.stringify(replacement)).slice(0, 40)}`,
        request: part.with(replacement),
      }
    }
  }
}

/** The sample with one list, or the fields of one object, repeated to some hundred thousand characters. */
export function* amplified(tool: Tool, characters = 200_000): Generator<Named> {
  for (const part of partsOf(sampleRequest(tool))) {
    const size = JSON.stringify(part.value)?.length ?? 0
    if (size < 5 || typeof part.value !== 'object' || part.value === null) continue
    const times = Math.floor(characters / size)
    const value = Array.isArray(part.value)
      ? Array.from({ length: times }, () => part.value as unknown[]).flat()
      : Object.fromEntries(
          Array.from({ length: times }, (_, number) =>
            Object.entries(part.value as object).map(([name, value]) => [number ? `${name}${number}` : name, value]),
          ).flat(),
        )
    yield { name: `${part.name} ${times} times`, request: part.with(value) }
  }
}

/** A part of a request, and the request with another value in its place. `undefined` removes it. */
export interface Part {
  name: string
  value: unknown
  with: (value: unknown) => HostileRequest
}

export function partsOf(sample: HostileRequest): Part[] {
  return [
    ...insideText(sample.body, sample.headers['content-type'] ?? null).map((part) => ({
      ...part,
      name: `body${part.name}`,
      with: (value: unknown) => ({ ...sample, body: part.with(value) }),
    })),
    ...Object.keys(sample.query).map((name) => ({
      name: `query.${name}`,
      value: sample.query[name],
      with: (value: unknown) => ({ ...sample, query: withText(sample.query, name, value) }),
    })),
    ...Object.keys(sample.headers).map((name) => ({
      name: `header ${name}`,
      value: sample.headers[name],
      with: (value: unknown) => ({ ...sample, headers: withText(sample.headers, name, value) }),
    })),
  ]
}

/** A part of a text and the text with another one in its place: of JSON, also where JSON is in a text of JSON, or of a form. */
interface Inside {
  name: string
  value: unknown
  with: (value: unknown) => string
}

function insideText(text: string, contentType: string | null): Inside[] {
  const value = parsed(text)
  if (value !== undefined) {
    return insideJson(value).map((part) => ({ ...part, with: (other) => JSON.stringify(part.with(other)) ?? '' }))
  }
  if (!contentType?.startsWith('application/x-www-form-urlencoded')) return []
  const fields = Object.fromEntries(new URLSearchParams(text))
  return Object.entries(fields).flatMap(([name, field]) => [
    {
      name: `.${name}`,
      value: field,
      with: (other) => new URLSearchParams(withText(fields, name, other)).toString(),
    },
    ...insideText(field, null).map((part) => ({
      ...part,
      name: `.${name}${part.name}`,
      with: (other: unknown) => new URLSearchParams({ ...fields, [name]: part.with(other) }).toString(),
    })),
  ])
}

function insideJson(value: unknown): { name: string; value: unknown; with: (value: unknown) => unknown }[] {
  const self = { name: '', value, with: (other: unknown) => other }
  if (typeof value === 'string') {
    const inner = parsed(value) === undefined ? [] : insideText(value, null)
    return [self, ...inner.map((part) => ({ ...part, name: ` as JSON${part.name}` }))]
  }
  if (typeof value !== 'object' || value === null) return [self]
  return [
    self,
    ...Object.entries(value).flatMap(([name, child]) =>
      insideJson(child).map((part) => ({
        ...part,
        name: `.${name}${part.name}`,
        with: (other: unknown) => {
          if (Array.isArray(value)) return value.with(Number(name), part.with(other))
          return { ...value, [name]: part.with(other) }
        },
      })),
    ),
  ]
}

function parsed(text: string): object | undefined {
  try {
    const value = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function withText(record: Record<string, string>, name: string, value: unknown): Record<string, string> {
  const { [name]: _, ...others } = record
  return value === undefined ? others : { ...others, [name]: typeof value === 'string' ? value : JSON.stringify(value) }
}

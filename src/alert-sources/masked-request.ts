import { LIMITS } from '../limits.ts'
import { cutText } from './bounded-event.ts'
import type { RawRequest } from './delivery.ts'
import { isSecretName, MASK, maskedJson, maskKeys, SECRET_WORDS } from './secrets-in-text.ts'

/** Headers that help to see what a sender did. Others may hold anything. */
const SHOWN_HEADERS =
  /^(content-type|user-agent|x-github-event|x-gitlab-event|sentry-hook-resource|x-amz-sns-[a-z-]+|check-status|x-event-[a-z-]+)$/

/** A request fit to be kept in the log and shown: credentials masked, then long bodies cut. */
export function maskedRequest({ via, method, headers, query, body }: RawRequest): RawRequest {
  const shown = Object.entries(headers).filter(([name]) => SHOWN_HEADERS.test(name))
  return {
    ...{ via, method },
    headers: Object.fromEntries(shown.map(([name, value]) => [name, cutText(maskText(value), LIMITS.labelCharacters)])),
    query: Object.fromEntries(
      Object.entries(query)
        .slice(0, LIMITS.labelsPerEvent)
        .map(([name, value]) => [
          cutText(maskKeys(name), LIMITS.labelCharacters),
          cutText(maskedField(name, value), LIMITS.urlCharacters),
        ]),
    ),
    body: cutText(maskedBody(body), LIMITS.loggedPayloadCharacters),
  }
}

function maskedBody(body: string): string {
  return maskedJson(body, maskText) ?? (IS_FORM.test(body) ? maskedForm(body) : maskText(body))
}

const IS_FORM = /^[\w.~%+*[\]-]{1,200}=[^\s<>"{}]*$/

function maskedForm(body: string): string {
  const fields = [...new URLSearchParams(body)]
  const masked = fields.map(([name, value]) => [maskKeys(name), maskedField(name, value)])
  return new URLSearchParams(masked).toString()
}

function maskedField(name: string, value: string): string {
  return isSecretName(name) ? MASK : (maskedJson(value, maskText) ?? maskText(value))
}

/**
 * Texts that are no JSON, or JSON of which the end is missing. A pattern begins only where a name may begin, and what it
 * masks ends nothing: each reads a text once.
 */
const NAME = `[\\w.:-]{0,60}?${SECRET_WORDS}`
const START = '(?<![\\w.:-])'
const PATTERNS: RegExp[] = [
  /\b((?:Bearer|Basic|GenieKey)\s{1,5})[\w.~+/=-]{8,}/gi,
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#@"'<>]{1,500}(?=@)/gi,
  // "apiKey": "…", and the same where it is quoted once more.
  pattern(`"${NAME}"\\s{0,20}:\\s{0,20}"`, String.raw`(?:[^"\\]|\\.)*`),
  pattern(String.raw`\\"${NAME}\\"\s{0,20}:\s{0,20}\\"`, String.raw`(?:[^"\\]|\\\\\\"|\\[^"])*`),
  // Where a list or an object ends can't be told without its end. `tokens: 5` counts them.
  pattern(String.raw`"${NAME}\\?"\s{0,20}:\s{0,20}`, String.raw`(?:(?<!s\\?"\s{0,20}:\s{0,20})-?\d[\w.+-]*|[[{].*)`),
  // apiKey=…, as in forms, addresses and attributes.
  pattern(`${START}${NAME}\\s{0,5}=\\s{0,5}"`, '[^"]+'),
  pattern(`${START}${NAME}\\s{0,5}=\\s{0,5}'`, "[^']+"),
  pattern(`${START}${NAME}=`, String.raw`[^&\s"'<>\\]+`),
  // <apiKey>…</apiKey>
  pattern(`<${NAME}(?:\\s[^<>]{0,500})?>\\s{0,20}<!\\[CDATA\\[`, '(?:[^\\]]|\\](?!\\]>))+'),
  pattern(`<${NAME}(?:\\s[^<>]{0,500})?>`, '[^<]+'),
  // The field of a multipart form.
  pattern(`\\bname="?${NAME}"?[^\\r\\n]{0,200}\\r?\\n(?:[^\\r\\n]{1,200}\\r?\\n){0,5}\\r?\\n`, '(?:(?!\\r?\\n--).)+'),
  // apiKey: …, as in headers and YAML.
  pattern(`${START}${NAME}[ \\t]{0,5}:[ \\t]{0,5}["']?`, String.raw`[^\r\n"'\\<]+`),
]

function pattern(before: string, secret: string): RegExp {
  return new RegExp(`(${before})${secret}`, 'gis')
}

function maskText(text: string): string {
  return maskKeys(PATTERNS.reduce((masked, found) => masked.replace(found, `$1${MASK}`), text))
}

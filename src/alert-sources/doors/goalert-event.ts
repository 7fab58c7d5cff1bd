import type { LooseEvent } from '../bounded-event.ts'
import { Payload } from '../tools/payload.ts'
import { Unreadable } from '../tools/tool.ts'
import { parseJson } from '../tools/tool-request.ts'

/**
 * GoAlert's generic API: `summary`, `details`, `dedup`, `action` and `meta` in the query, in a form or as JSON
 * (https://goalert.me/docs/integrations/generic-api). What the body says counts before what the query says.
 *
 * @param form the body's fields, where it is a form
 * @param json the body, where it says that it is JSON; else null
 * @throws Unreadable
 */
export async function readGoAlert(
  query: URLSearchParams,
  form: URLSearchParams,
  json: string | null,
): Promise<LooseEvent> {
  const body = json === null ? new Payload(Object.fromEntries(form)) : parseJson(json)
  if (!body.isObject()) throw new Unreadable('The body must be a JSON object.')
  const field = (name: string) => body.text(name) ?? (query.get(name)?.trim() || null)
  const action = field('action')?.toLowerCase()
  const summary = field('summary')
  const details = field('details')
  const dedup = field('dedup')
  if (!summary && !(action === 'close' && dedup))
    throw new Unreadable('summary is missing: it is what people read first.', 'summary')
  return {
    type: action === 'close' ? 'RESOLVE' : 'ALERT',
    key: dedup ?? (await keyOf(summary ?? '', details ?? '')),
    summary: summary ?? '',
    details,
    labels: { ...metaOf([...query.getAll('meta'), ...form.getAll('meta')]), ...body.texts('meta') },
  }
}

/** As GoAlert has it: without `dedup` the same text is the same problem, and closes it. */
async function keyOf(summary: string, details: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${summary}\n${details}`))
  return `auto:${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** Of `name=value` texts. */
function metaOf(texts: string[]): Record<string, string> {
  return Object.fromEntries(
    texts.flatMap((text): [string, string][] => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
      return name && value ? [[name.trim(), value.trim()]] : []
    }),
  )
}

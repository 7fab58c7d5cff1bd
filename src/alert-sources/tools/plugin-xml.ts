import type { Payload } from './payload.ts'
import { type ToolRequest, Unreadable } from './tool.ts'
import { parseJson, parseXml } from './tool-request.ts'

/** What iLert's plugins for Nagios, Icinga and Checkmk post. */
interface PluginXml {
  /** The integration key, which the plugins of Nagios and Icinga send nowhere else. */
  apiKey: string | null
  entries: [name: string, value: string][]
}

/** `<event><apiKey>…</apiKey><payload><entry key="…">…</entry>…</payload></event>` */
export function readPluginXml(body: string): PluginXml {
  const event = parseXml(body).at('event')
  const entry = event.at('payload', 'entry')
  const found = (entry.isList() ? entry.list() : [entry]).filter((item) => item.isObject())
  if (found.length === 0) throw new Unreadable('`<event><payload>` holds no `<entry key="…">`.', 'event.payload.entry')
  return {
    apiKey: textOf(event.at('apiKey')),
    entries: found.flatMap((item): [string, string][] => {
      const name = item.text('@key')
      return name ? [[name, textOf(item) ?? '']] : []
    }),
  }
}

/** Writes what `readPluginXml` reads: for samples, whose texts hold nothing that XML would have to escape. */
export function pluginXml(entries: Record<string, string>): string {
  const written = Object.entries(entries).map(([name, value]) => `<entry key="${name}">${value}</entry>`)
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><event><payload>${written.join('')}</payload></event>`
}

/** An element with attributes is an object, one without is text. */
function textOf(element: Payload): string | null {
  return element.text() ?? element.text('#text')
}

/**
 * The integration key of a request whose address has none, such as `/api/v1/events/nagios`. Null: there is none, or the
 * body can't be read.
 */
export function keyInBody(request: ToolRequest): string | null {
  try {
    if (request.body.trimStart().startsWith('<')) return textOf(parseXml(request.body).at('event', 'apiKey'))
    return parseJson(request.body).firstText('apiKey', 'integrationKey', 'api_key')
  } catch (error) {
    if (error instanceof Unreadable) return null
    throw error
  }
}

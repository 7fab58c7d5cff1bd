import { readPluginXml } from './plugin-xml.ts'
import { type ToolRequest, Unreadable } from './tool.ts'

/** The macros of Nagios and its relatives, by their upper-case name without the prefix that environment variables have. */
export type CheckMacros = ReadonlyMap<string, string>

/**
 * Reads them from whatever form they come in: iLert's XML, a form as our own commands send it, or a flat JSON object.
 *
 * With macros in the environment the names begin with `NAGIOS_`, `ICINGA_` or `NOTIFY_`, given as arguments they do not.
 */
export function checkMacros(request: ToolRequest): CheckMacros {
  const macros = new Map<string, string>()
  for (const [name, value] of entriesOf(request)) {
    const bare = name.toUpperCase().replace(/^(NAGIOS|ICINGA|NOTIFY)_/, '')
    const text = value.trim()
    if (text && /^_?[A-Z][A-Z0-9_]*$/.test(bare)) macros.set(bare, text)
  }
  return macros
}

function entriesOf(request: ToolRequest): [string, string][] {
  if (request.body.trimStart().startsWith('<')) return readPluginXml(request.body).entries
  const form = request.form()
  if (form.names().length > 0) return Object.entries(form.texts())
  const body = request.json()
  if (body.isList()) throw new Unreadable('The body must be an object of macros and their values.')
  return Object.entries(body.texts())
}

/** What may go into an incident: not the keys and passwords that plugins send along. */
export function shownMacros(macros: CheckMacros): Record<string, string> {
  return Object.fromEntries([...macros].filter(([name]) => !/API_?KEY|PASSWORD|SECRET|TOKEN|CONTACTPAGER/.test(name)))
}

import type { EventType, Priority } from '../event.ts'
import { type CheckMacros, checkMacros, shownMacros } from './check-macros.ts'
import { paragraphs } from './event-parts.ts'
import { type Reading, type ToolEvent, type ToolRequest, Unreadable } from './tool.ts'

/** A summary's template and the values in it are the sender's: short enough that no template makes a flood of them. */
const TEMPLATE_CHARACTERS = 2000
const VALUE_CHARACTERS = 500

const TYPES: Record<string, EventType> = { PROBLEM: 'ALERT', RECOVERY: 'RESOLVE', ACKNOWLEDGEMENT: 'ACCEPT' }

/**
 * A notification of Nagios, Icinga or Checkmk about a host or a service. The key is the host, or host/service, for
 * problem ids change and are 0 in a recovery.
 */
export function readHostCheck(request: ToolRequest): Reading {
  const macros = checkMacros(request)
  const sent = required(macros, 'NOTIFICATIONTYPE').toUpperCase()
  const host = required(macros, 'HOSTNAME')
  const service = macros.get('WHAT')?.toUpperCase() === 'HOST' ? undefined : macros.get('SERVICEDESC')
  const state = macros.get(service ? 'SERVICESTATE' : 'HOSTSTATE')
  const type = typeOf(sent, state)
  if (type === null)
    return { events: [], ignored: `A notification of type ${sent.slice(0, 40)}: neither a problem nor its end.` }
  const comment = macros.get('NOTIFICATIONCOMMENT')
  const creator = macros.get('NOTIFICATIONAUTHOR') ?? macros.get('NOTIFICATIONAUTHORNAME') ?? 'Monitoring'
  return {
    events: [
      {
        type,
        key: service ? `${host}/${service}` : host,
        summary: summaryOf(macros, host, service, state),
        details: detailsOf(macros, service),
        priority: priorityOf(macros),
        severity: state ?? null,
        links: linksOf(macros, service),
        labels: { host, service, address: macros.get('HOSTADDRESS') },
        comments: comment ? [{ creator, content: comment }] : [],
        payload: shownMacros(macros),
      },
    ],
  }
}

function required(macros: CheckMacros, name: string): string {
  const value = macros.get(name)
  if (!value) throw new Unreadable(`${name} is missing.`, name)
  return value
}

/** Null: flapping, downtimes and the like. A notification sent by hand counts while there is a problem. */
function typeOf(sent: string, state: string | undefined): EventType | null {
  if (sent === 'CUSTOM') return state && !/^(OK|UP)$/i.test(state) ? 'ALERT' : null
  return Object.hasOwn(TYPES, sent) ? (TYPES[sent] ?? null) : null
}

function summaryOf(macros: CheckMacros, host: string, service?: string, state?: string): string {
  const template = firstOf(
    macros,
    ...(service
      ? ['PARAMETER_ILERT_SUMMARY_SERVICE', 'PARAMETER_SUMMARY_SERVICE']
      : ['PARAMETER_ILERT_SUMMARY_HOST', 'PARAMETER_SUMMARY_HOST']),
  )
  const written = template && expanded(template, macros).trim()
  if (written) return written
  const output = macros.get(service ? 'SERVICEOUTPUT' : 'HOSTOUTPUT')
  const subject = service ? `${host}/${service}` : host
  return `${subject}${state ? ` is ${state}` : ''}${output ? `: ${output}` : ''}`
}

/** Checkmk sends the template of the summary beside the macros that it names, such as `$HOSTNAME$`. */
function expanded(template: string, macros: CheckMacros): string {
  return template
    .slice(0, TEMPLATE_CHARACTERS)
    .replace(/\$([A-Z][A-Z0-9_]*)\$/g, (_, name: string) => macros.get(name)?.slice(0, VALUE_CHARACTERS) ?? '')
}

function detailsOf(macros: CheckMacros, service?: string): string | null {
  const kind = service ? 'SERVICE' : 'HOST'
  return paragraphs(
    macros.get(`${kind}OUTPUT`),
    // Nagios writes the line breaks of long output as \n.
    macros.get(`LONG${kind}OUTPUT`)?.replaceAll('\\n', '\n'),
    ['HOSTALIAS', 'HOSTADDRESS', 'LONGDATETIME'].flatMap((name) => macros.get(name) ?? []).join(' · '),
  )
}

/** What an Icinga command or a Checkmk rule was given. */
function priorityOf(macros: CheckMacros): Priority | null {
  const given = firstOf(macros, 'PRIORITY', 'PARAMETER_ILERT_PRIORITY', 'PARAMETER_PRIORITY')?.toUpperCase()
  return given === 'HIGH' || given === 'LOW' ? given : null
}

function linksOf(macros: CheckMacros, service?: string): ToolEvent['links'] {
  const kind = service ? 'SERVICE' : 'HOST'
  return [
    { href: checkmkUrl(macros, macros.get(`${kind}URL`)), text: 'Checkmk' },
    { href: macros.get(`${kind}NOTESURL`) ?? null, text: 'Notes' },
    { href: macros.get(`${kind}ACTIONURL`) ?? null, text: 'Action' },
  ]
}

/** Checkmk's paths begin with `/check_mk/`; the prefix that a rule sets may end with it too, or name only the scheme. */
function checkmkUrl(macros: CheckMacros, path: string | undefined): string | null {
  if (!path) return null
  const given = firstOf(macros, 'PARAMETER_URL_PREFIX', 'PARAMETER_URL_PREFIX_1', 'PARAMETER_URL_PREFIX_MANUAL')
  const scheme = macros.get('PARAMETER_URL_PREFIX_AUTOMATIC')
  const automatic = `${scheme}://${macros.get('MONITORING_HOST')}/${macros.get('OMD_SITE')}`
  const prefix = given ?? (scheme ? automatic : null)
  return prefix ? `${prefix.replace(/\/?(check_mk\/?)?$/, '')}${path}` : null
}

function firstOf(macros: CheckMacros, ...names: string[]): string | undefined {
  return names.map((name) => macros.get(name)).find((value) => value !== undefined)
}

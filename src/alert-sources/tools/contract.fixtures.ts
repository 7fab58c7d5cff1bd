import { LIMITS } from '../../limits.ts'
import { isWebAddress } from '../bounded-event.ts'
import type { RawRequest } from '../delivery.ts'
import type { InboundEvent } from '../event.ts'
import { normalise } from './normalise.ts'
import { Payload } from './payload.ts'
import { type Reading, type Tool, type ToolRequest, Unreadable } from './tool.ts'
import { readForm, toolRequest } from './tool-request.ts'

/**
 * What every tool's reader must keep whatever it is sent, for the contract test and the fuzz run. Free of the test runner,
 * so that the fuzz run is a plain program.
 */
export type HostileRequest = Omit<RawRequest, 'via'>

/** What a reader made of a request; `unreadable`: the message with which it is refused. */
export type Outcome = { events: InboundEvent[] } | { unreadable: string }

/** The contract is broken; the message says how. */
export class Broken extends Error {}

const TYPES: unknown[] = ['ALERT', 'ACCEPT', 'RESOLVE', 'COMMENT']
const PROTOTYPE = ownNames()

/** Reads a request as the door does. Throws `Broken` where the reader or what it gives breaks the contract. */
export async function readKept(tool: Tool, raw: HostileRequest): Promise<Outcome> {
  const request = toolRequest(raw, await readForm(raw.body, raw.headers['content-type'] ?? null))
  const size = raw.body.length + JSON.stringify([raw.query, raw.headers]).length
  const { read, steps } = readCounted(tool, request)
  if (steps > 5000 + size) throw new Broken(`${steps} steps for ${size} characters`)
  if (ownNames() !== PROTOTYPE) throw new Broken('Object.prototype was changed')
  if (read instanceof Unreadable) {
    if (read.message.length < 10) throw new Broken(`refuses without saying why: ${read.message}`)
    return { unreadable: read.message }
  }
  if (read.confirm !== undefined && !isWebAddress(read.confirm))
    throw new Broken(`confirms at ${read.confirm.slice(0, 200)}`)
  if (read.events.length > 1 + size) throw new Broken(`${read.events.length} events of ${size} characters`)
  const events = await normalise(read.events, request)
  const fault = faultOfEvents(events, size)
  if (fault) throw new Broken(fault)
  return { events }
}

/** How often the reader looks into a payload is what its work is measured by: time depends on the machine. */
function readCounted(tool: Tool, request: ToolRequest): { read: Reading | Unreadable; steps: number } {
  const { at } = Payload.prototype
  let steps = 0
  Payload.prototype.at = function counted(this: Payload, ...path) {
    steps++
    return at.apply(this, path)
  }
  try {
    return { read: tool.read(request), steps }
  } catch (error) {
    if (error instanceof Unreadable) return { read: error, steps }
    throw new Broken(`threw ${error instanceof Error ? error.stack : String(error)}`)
  } finally {
    Payload.prototype.at = at
  }
}

function faultOfEvents(events: InboundEvent[], size: number): string | null {
  // Half a character is one in memory and six in JSON, and much is given twice: as payload, and as what was made of it.
  let allowed = 12 * size + 3000 * (1 + events.length)
  for (const event of events) {
    allowed -= JSON.stringify(event).length
    const fault = allowed < 0 ? `far more characters of events than the ${size} sent` : faultOf(event)
    if (fault) return fault
  }
  return null
}

/** What is wrong with an event; null: nothing. */
export function faultOf(event: InboundEvent): string | null {
  const { type, key, summary, details, priority, severity, links, images, comments, labels, customDetails } = event
  const within = (text: unknown, characters: number) =>
    typeof text === 'string' && text.length <= characters && text.isWellFormed()
  const all: [boolean, string][] = [
    [TYPES.includes(type), 'type'],
    [key === null || (key !== '' && key === key.trim() && within(key, LIMITS.keyCharacters)), 'key'],
    [summary !== '' && !/[\n\r]/.test(summary) && within(summary, LIMITS.summaryCharacters), 'summary'],
    [details === null || within(details, LIMITS.detailsCharacters), 'details'],
    [priority === null || priority === 'HIGH' || priority === 'LOW', 'priority'],
    [severity === null || [1, 2, 3, 4, 5].includes(severity), 'severity'],
    [links.length <= LIMITS.linksPerEvent, 'links'],
    [links.every(({ href, text = '' }) => isWebAddress(href) && within(text, LIMITS.labelCharacters)), 'a link'],
    [images.length <= LIMITS.imagesPerEvent, 'images'],
    [images.every(({ src, href }) => isWebAddress(src) && (!href || isWebAddress(href))), 'an image'],
    [comments.length <= LIMITS.commentsPerEvent, 'comments'],
    [
      comments.every(({ creator, content }) => within(creator, 100) && within(content, LIMITS.commentCharacters)),
      'a comment',
    ],
    [Object.keys(labels).length <= LIMITS.labelsPerEvent, 'labels'],
    [
      Object.entries(labels)
        .flat()
        .every((text) => within(text, LIMITS.labelCharacters)),
      'a label',
    ],
    [customDetails === null || (typeof customDetails === 'object' && !Array.isArray(customDetails)), 'customDetails'],
  ]
  const fault = all.find(([holds]) => !holds)?.[1]
  return fault ? `${fault} out of bounds: ${JSON.stringify(event).slice(0, 500)}` : null
}

function ownNames(): string {
  return Object.getOwnPropertyNames(Object.prototype).sort().join()
}

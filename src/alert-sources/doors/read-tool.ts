import { cutText } from '../bounded-event.ts'
import { withoutMark } from '../byte-order-mark.ts'
import type { InboundEvent } from '../event.ts'
import { normalise } from '../tools/normalise.ts'
import { type Tool, type ToolRequest, Unreadable } from '../tools/tool.ts'
import type { Refused } from './door.ts'

/** Readers quote what they were sent. */
const REASON_CHARACTERS = 500

/** A request of a tool as events. */
export interface ReadTool {
  events: InboundEvent[]
  /** Where there are none: why. */
  ignored: string | null
  /** An address that wants to be fetched when the request was taken. */
  confirm: string | null
}

/** Pure; what the tool does not send is refused in words that name it. */
export async function readTool(
  tool: Pick<Tool, 'name' | 'read'>,
  request: ToolRequest,
): Promise<ReadTool | { refused: Refused }> {
  try {
    const { events, ignored, confirm } = tool.read(request)
    const nothing = events.length === 0 ? (ignored ?? `${tool.name} says nothing new with this request.`) : null
    const reason = nothing && cutText(nothing, REASON_CHARACTERS)
    return { events: await normalise(events, request), ignored: reason, confirm: confirm ?? null }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const message = cutText(error.message, REASON_CHARACTERS)
    return { refused: { status: 400, code: 'BAD_REQUEST', message, ...(error.field && { field: error.field }) } }
  }
}

const EVENT_TYPES = new Set(['ALERT', 'ACCEPT', 'RESOLVE', 'COMMENT'])

/** Whether a body without a tool's name is iLert's Event JSON; any other is read by the usual names of its fields. */
export function isEventBody(text: string): boolean {
  try {
    const body: unknown = JSON.parse(withoutMark(text))
    if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'eventType')) return false
    const { eventType } = body as { eventType: unknown }
    return typeof eventType === 'string' && EVENT_TYPES.has(eventType.trim().toUpperCase())
  } catch {
    return false
  }
}

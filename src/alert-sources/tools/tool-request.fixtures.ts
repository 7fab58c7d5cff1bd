import type { Tool, ToolEvent, ToolRequest } from './tool.ts'
import { toolRequest } from './tool-request.ts'

interface Sent {
  headers?: Record<string, string>
  query?: Record<string, string>
  /** The fields of the form that the body is. */
  form?: Record<string, string>
}

/** A request as a tool's reader sees it: text as it stands, anything else as JSON. */
export function requestOf(body: unknown, { headers = {}, query = {}, form }: Sent = {}): ToolRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return toolRequest({ method: 'POST', headers, query, body: text }, form)
}

/** The one event of a request. */
export function readOne(tool: Pick<Tool, 'read'>, body: unknown, sent: Sent = {}): ToolEvent {
  const { events } = tool.read(requestOf(body, sent))
  const [event] = events
  if (!event || events.length > 1) throw new Error(`${events.length} events instead of one`)
  return event
}

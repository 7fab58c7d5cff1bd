import type { InboundEvent } from '../event.ts'
import { normalise } from './normalise.ts'
import type { Tool, ToolRequest } from './tool.ts'
import { readForm, toolRequest } from './tool-request.ts'

interface Sent {
  headers?: Record<string, string>
  query?: Record<string, string>
}

/** A request with that body, which is made JSON unless it is text. */
export async function requestOf(body: unknown, { headers = {}, query = {} }: Sent = {}): Promise<ToolRequest> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const fields = await readForm(text, headers['content-type'] ?? null)
  return toolRequest({ method: 'POST', headers, query, body: text }, fields)
}

/** What a tool's reader makes of a body. */
export async function eventsOf(tool: Tool, body: unknown, sent?: Sent): Promise<InboundEvent[]> {
  const request = await requestOf(body, sent)
  return normalise(tool.read(request).events, request)
}

/** Why a tool's reader makes nothing of a body; undefined: it does. */
export async function ignoredOf(tool: Tool, body: unknown, sent?: Sent): Promise<string | undefined> {
  const { events, ignored } = tool.read(await requestOf(body, sent))
  return events.length === 0 ? ignored : undefined
}

/** The HMAC-SHA-256 of a text in lower-case hexadecimal, as senders sign. */
export async function hmacHex(text: string, secret: string): Promise<string> {
  return Array.from(await hmac(text, new TextEncoder().encode(secret)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

export async function hmac(text: string, secret: Uint8Array): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text)))
}

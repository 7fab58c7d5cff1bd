import type { InboundEvent } from '../event.ts'
import { normalise } from './normalise.ts'
import type { Tool } from './tool.ts'
import { requestOf } from './tool-request.fixtures.ts'

type Sent = Parameters<typeof requestOf>[1]

/** What a tool's reader makes of a body. */
export async function eventsOf(tool: Tool, body: unknown, sent?: Sent): Promise<InboundEvent[]> {
  const request = requestOf(body, sent)
  return normalise(tool.read(request).events, request)
}

/** Why a tool's reader makes nothing of a body; undefined: it does. */
export function ignoredOf(tool: Tool, body: unknown, sent?: Sent): string | undefined {
  const { events, ignored } = tool.read(requestOf(body, sent))
  return events.length === 0 ? ignored : undefined
}

/** The condition of a rule that a tool's set-up gives, to leave out what is too much. */
export function publishedCondition(tool: Tool): string {
  const steps = tool.setup({ url: 'https://tocsin.example.com/x', origin: 'https://tocsin.example.com', key: 'x' })
  const snippet = steps.find((step) => step.snippet?.caption === 'Condition')?.snippet
  if (!snippet) throw new Error(`${tool.name} gives no condition`)
  return snippet.code
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

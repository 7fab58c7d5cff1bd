import * as z from 'zod'
import type { KeptResult } from '../receive.ts'

/**
 * Opsgenie works on requests behind its answer, and a client may ask by the request's id what became of it. Here that is
 * known when the request is answered, so the id itself carries it and nothing has to be kept. Whoever invents an id only
 * fools himself.
 */
export interface RequestOutcome {
  /** As Opsgenie writes it, such as "Create" or "Close". */
  action: string
  outcome: KeptResult['outcome']
  /** The alert's alias. */
  alias: string
  /** Milliseconds since the epoch. */
  processedAt: number
}

const OUTCOMES: KeptResult['outcome'][] = [
  ...(['opened', 'appended', 'accepted', 'resolved', 'already-accepted', 'collected'] as const),
  ...(['no-open-incident', 'queued', 'dropped', 'suppressed'] as const),
]

const carried = z.tuple([
  z.string().max(100),
  z.enum(OUTCOMES),
  z.string().max(1000),
  z.int().min(0).max(8.64e15),
  z.string(),
])

export function requestIdOf({ action, outcome, alias, processedAt }: RequestOutcome): string {
  // The same twice is two requests.
  const text = JSON.stringify([action, outcome, alias, processedAt, crypto.randomUUID().slice(0, 8)])
  const bytes = String.fromCharCode(...new TextEncoder().encode(text))
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Null: no such request was ever answered. */
export function readRequestId(id: string): RequestOutcome | null {
  // `atob` overlooks white space, and a header that repeats the id could not hold it.
  if (!/^[\w-]+$/.test(id)) return null
  try {
    const bytes = atob(id.replaceAll('-', '+').replaceAll('_', '/'))
    const text = new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
    const [action, outcome, alias, processedAt] = carried.parse(JSON.parse(text))
    return { action, outcome, alias, processedAt }
  } catch {
    return null
  }
}

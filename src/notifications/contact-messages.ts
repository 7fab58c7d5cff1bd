import type { NoticeFate } from '../../durable-objects/pager-notices.ts'
import type { ChannelName } from './model.ts'
import type { Notice } from './notice.ts'

/** The messages that a user asks for to try a contact: the code that verifies it, and a test. Pure. */

export const CODE_LASTS_MS = 15 * 60_000
const TEST_LASTS_MS = 10 * 60_000

/** How such a message is doing. */
export interface MessageStatus {
  status: 'QUEUED' | 'SENT' | 'DELIVERED' | 'FAILED'
  provider: string | null
  /** Why it failed, or is not out yet. */
  reason: string | null
}

/** Six digits, each as likely as any other. */
export function newCode(): string {
  const limit = 4_294_000_000
  const [number = limit] = crypto.getRandomValues(new Uint32Array(1))
  return number < limit ? String(number % 1_000_000).padStart(6, '0') : newCode()
}

export function codeNotice(id: string, code: string, channel: ChannelName, now: number): Notice & { followed: true } {
  // Read out, digits that stand alone are not taken for a number.
  const digits = [...code].join(', ')
  return {
    id,
    title: channel === 'VOICE' ? `Your Tocsin code is ${digits}` : `Your Tocsin code is ${code}`,
    text: channel === 'VOICE' ? `Once more: ${digits}. It is valid for 15 minutes.` : 'It is valid for 15 minutes.',
    path: '/profile',
    followed: true,
    expiresAt: now + CODE_LASTS_MS,
  }
}

export function testNotice(id: string, now: number): Notice & { followed: true } {
  return {
    id,
    title: 'Test message from Tocsin',
    text: 'You asked for it. This is the way by which incidents reach you.',
    path: '/profile',
    followed: true,
    expiresAt: now + TEST_LASTS_MS,
  }
}

export function statusOf({ status, said }: NoticeFate): MessageStatus {
  const provider = said?.provider ?? null
  switch (said?.outcome) {
    case 'delivered':
      return { status: 'DELIVERED', provider, reason: null }
    case 'undelivered':
      return { status: 'FAILED', provider, reason: said.reason ?? 'it did not arrive' }
    case 'sent':
      return { status: 'SENT', provider, reason: null }
  }
  if (status === 'failed') return { status: 'FAILED', provider, reason: said?.reason ?? 'it was lost on its way' }
  if (status === 'withdrawn') return { status: 'FAILED', provider, reason: said?.reason ?? 'it did not go out in time' }
  return { status: 'QUEUED', provider, reason: said?.reason ?? null }
}

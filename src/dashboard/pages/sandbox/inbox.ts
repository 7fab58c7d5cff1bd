import type { SandboxMessage } from '../../../api/schemas/sandbox.ts'

/** A message that can be answered, and what was answered so far, oldest first. */
export interface Exchange {
  message: SandboxMessage
  replies: SandboxMessage[]
}

export interface Inbox {
  /** The whole thread, oldest first. */
  sms: SandboxMessage[]
  /** The others newest first. */
  calls: Exchange[]
  mails: Exchange[]
  pushes: Exchange[]
}

const RINGS_MS = 90_000

/** Sorts what one user got, newest first as it comes from the API, into the parts of a phone. */
export function inboxOf(messages: SandboxMessage[]): Inbox {
  const oldestFirst = [...messages].reverse()
  const exchanges = (method: SandboxMessage['method']) =>
    messages
      .filter((message) => message.method === method && message.inReplyTo === null)
      .map((message) => ({ message, replies: oldestFirst.filter(({ inReplyTo }) => inReplyTo === message.id) }))
  return {
    sms: oldestFirst.filter(({ method }) => method === 'SMS'),
    calls: exchanges('VOICE'),
    mails: exchanges('EMAIL'),
    pushes: exchanges('PUSH'),
  }
}

export function isRinging({ message, replies }: Exchange, now: number): boolean {
  return replies.length === 0 && now - Date.parse(message.timestamp) < RINGS_MS
}

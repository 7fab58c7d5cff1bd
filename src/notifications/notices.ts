import type { NoticeTarget } from './model.ts'
import type { Notice } from './notice.ts'
import type { OutgoingNotice } from './notification.ts'
import type { Delivery, Receipt, Sending } from './sending.ts'
import * as sending from './sending.ts'

/**
 * A notice's life in its user's Pager: one message to each contact, all at once, until it is told or says nothing useful any
 * more. Pure, as `paging.ts`, with the same rules for each message.
 */

interface NoticeMessage extends Sending, NoticeTarget {
  /** What was said of it last. */
  said?: NoticeWord
}

/** What a provider said of a notice's message. */
export interface NoticeWord {
  outcome: Delivery['outcome'] | Receipt['outcome']
  provider: string | null
  reason: string | null
  at: number
}

export interface NoticeState {
  notice: Notice
  userId: number
  messages: NoticeMessage[]
  /** The user's own address, for when no contact could be reached. */
  lastResort: string
}

/** @param targets where to tell it; none: at the user's own address */
export function startNotice(
  notice: Notice,
  userId: number,
  targets: NoticeTarget[],
  lastResort: string,
  now: number,
): NoticeState {
  const contacts = new Map(targets.map((target) => [`${target.channel} ${target.target}`, target]))
  const state: NoticeState = { notice, userId, messages: [], lastResort }
  if (contacts.size === 0) return withLastResort(state, now)
  return [...contacts.values()].reduce((grown, target) => add(grown, target, now), state)
}

/** Marks what is due as queued and says which. */
export function takeDue(before: NoticeState, now: number): { state: NoticeState; queue: string[] } {
  const state = giveUp(before, now)
  const queue: string[] = []
  const messages = state.messages.map((message) => {
    const due = sending.due(message)
    if (due === null || due > now) return message
    queue.push(message.id)
    return sending.queue(message, now)
  })
  return { state: { ...state, messages }, queue }
}

/** The earliest instant at which there is something to do; null: it is told, or nobody could be reached. */
export function noticeDue({ messages }: NoticeState): number | null {
  const due = messages.map(sending.due).filter((at) => at !== null)
  return due.length > 0 ? Math.min(...due) : null
}

/** Why a message may not be sent; null: it may. */
export function refusal({ notice, messages }: NoticeState, id: string, consumer: string, now: number): string | null {
  const message = messages.find((each) => each.id === id)
  if (!message) return 'there is no such message'
  if (notice.expiresAt <= now) return 'it says nothing useful any more'
  return sending.refusal(message, consumer, now)
}

export function claim(state: NoticeState, id: string, consumer: string, now: number): NoticeState {
  return update(state, id, (message) => sending.claim(message, consumer, now))
}

/** Writes down what the provider said. When no contact is left, the user's own address is tried once. */
export function settle(state: NoticeState, id: string, delivery: Delivery, now: number): NoticeState {
  const message = state.messages.find((each) => each.id === id)
  const result = message && sending.settle(message, delivery, now)
  if (!result) return state
  const { outcome, provider } = delivery
  const said = { outcome, provider, reason: delivery.outcome === 'failed' ? delivery.reason : delivery.after, at: now }
  const settled = update(state, id, () => ({ ...result.settled, said }))
  return result.outcome === 'failed' ? withLastResort(settled, now) : settled
}

/** Writes down what the carrier says later of a message that it took. */
export function receive(state: NoticeState, id: string, { outcome, provider, reason }: Receipt, now: number) {
  return update(state, id, (message) =>
    // A machine that took a call makes its carrier say later that the call was completed.
    (message.status === 'sent' || message.status === 'claimed') &&
    !(message.channel === 'VOICE' && message.said?.outcome === 'undelivered')
      ? { ...message, said: { outcome, provider, reason, at: now } }
      : message,
  )
}

/** Whether it was tried everywhere and reached nobody. */
export function hasFailed({ messages }: NoticeState): boolean {
  return messages.every(({ status }) => status === 'failed')
}

export function outgoing(
  { notice, messages }: NoticeState,
  id: string,
  user: Pick<OutgoingNotice, 'user' | 'devices'>,
): OutgoingNotice | null {
  const message = messages.find((each) => each.id === id)
  return message ? { ...user, id, notice, channel: message.channel, target: message.target } : null
}

/** The notice that a message's id belongs to; null: it belongs to a page, whose ids begin with a number. */
export function noticeOf(messageId: string): string | null {
  return /^notice-\d+-\d+-(.*)$/s.exec(messageId)?.[1] ?? null
}

/** What no consumer brings back any more has failed; what is due too late is not begun again. */
function giveUp(state: NoticeState, now: number): NoticeState {
  const messages = state.messages.map((message) => {
    const due = sending.due(message)
    if (due === null || due > now) return message
    if (state.notice.expiresAt <= now) return { ...message, status: 'withdrawn' as const, leaseUntil: null }
    return sending.isLost(message, now) ? { ...message, status: 'failed' as const, leaseUntil: null } : message
  })
  return withLastResort({ ...state, messages }, now)
}

function withLastResort(state: NoticeState, now: number): NoticeState {
  const { messages, lastResort, notice } = state
  if (
    notice.followed ||
    !hasFailed(state) ||
    notice.expiresAt <= now ||
    messages.some(({ target }) => target === lastResort)
  )
    return state
  return add(state, { channel: 'EMAIL', target: lastResort }, now)
}

function add(state: NoticeState, { channel, target }: NoticeTarget, now: number): NoticeState {
  const { userId, messages, notice } = state
  const message: NoticeMessage = {
    id: `notice-${userId}-${messages.length}-${notice.id}`,
    channel,
    target,
    dueAt: now,
    status: 'scheduled',
    leaseUntil: null,
    claimedBy: null,
    attempts: 0,
  }
  return { ...state, messages: [...messages, message] }
}

function update(state: NoticeState, id: string, change: (message: NoticeMessage) => NoticeMessage): NoticeState {
  return { ...state, messages: state.messages.map((each) => (each.id === id ? change(each) : each)) }
}

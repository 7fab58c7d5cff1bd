import type { Env } from '../env.ts'
import type { ChannelName } from './model.ts'

/**
 * How many messages that cost money may go out: a bound on what a mistake, or somebody who has got hold of an account,
 * can spend. Pure; counts are kept by `durable-objects/message-budget.ts`.
 */
export interface Cap {
  /** The variable that sets it. */
  variable: CapVariable
  scope: 'user' | 'deployment'
  channel: PaidChannel
  window: 'hour' | 'day'
  most: number
}

export type PaidChannel = 'SMS' | 'VOICE'

/** Counts of one hour or day; of the one before nothing is kept. Keys are the variable, with the user where it is theirs. */
export interface Spending {
  hour: Window
  day: Window
}

interface Window {
  /** Epoch ms, in UTC. */
  start: number
  counts: Record<string, number>
}

/** A cap that is reached. */
export interface Reached {
  cap: Cap
  /** When it counts anew, epoch ms. */
  until: number
  /** Nobody was told of it yet in this hour or day. */
  first: boolean
}

export const CAPS: readonly Cap[] = [
  { variable: 'SMS_PER_USER_HOUR', scope: 'user', channel: 'SMS', window: 'hour', most: 60 },
  { variable: 'CALLS_PER_USER_HOUR', scope: 'user', channel: 'VOICE', window: 'hour', most: 30 },
  { variable: 'SMS_PER_DAY', scope: 'deployment', channel: 'SMS', window: 'day', most: 2000 },
  { variable: 'CALLS_PER_DAY', scope: 'deployment', channel: 'VOICE', window: 'day', most: 500 },
]

type CapVariable = 'SMS_PER_USER_HOUR' | 'CALLS_PER_USER_HOUR' | 'SMS_PER_DAY' | 'CALLS_PER_DAY'

const HOUR_MS = 3_600_000
const LENGTHS = { hour: HOUR_MS, day: 24 * HOUR_MS }
const SCOPES = { user: 'one user', deployment: 'the whole deployment' }
const MESSAGES = { SMS: 'text', VOICE: 'call' }

/**
 * The caps that hold for this channel.
 *
 * @param paid whether a real carrier takes its messages: the simulated one has only the caps that somebody set
 */
export function capsOf(channel: ChannelName, env: Pick<Env, CapVariable>, paid: boolean): Cap[] {
  return CAPS.filter((cap) => cap.channel === channel)
    .map((cap) => ({ ...cap, most: limitOf(env[cap.variable], paid ? cap.most : 0) }))
    .filter(({ most }) => most > 0)
}

/** What is no number is as if it was not set; 0: no limit. */
function limitOf(value: string | undefined, otherwise: number): number {
  return value !== undefined && /^\d{1,9}$/.test(value.trim()) ? Number(value) : otherwise
}

export function noSpending(now: number): Spending {
  return current({ hour: { start: 0, counts: {} }, day: { start: 0, counts: {} } }, now)
}

/** Counts one message of this user, unless a cap is reached. */
export function spend(
  before: Spending,
  caps: readonly Cap[],
  userId: number,
  now: number,
): { spending: Spending; reached: Reached | null } {
  const spending = current(before, now)
  const full = caps.find((cap) => countOf(spending, cap, userId) >= cap.most)
  if (!full) return { spending: add(spending, caps, userId, 1), reached: null }
  const { start, counts } = spending[full.window]
  const told = `${keyOf(full, userId)} told`
  const reached = { cap: full, until: start + LENGTHS[full.window], first: !counts[told] }
  return { spending: reached.first ? counted(spending, full.window, told, 1) : spending, reached }
}

/** Takes one back that was counted and did not go out. */
export function giveBack(before: Spending, caps: readonly Cap[], userId: number, now: number): Spending {
  const spending = current(before, now)
  return add(
    spending,
    caps.filter((cap) => countOf(spending, cap, userId) > 0),
    userId,
    -1,
  )
}

/** "the cap of 60 texts an hour for one user is reached: no more until 13:00 UTC (SMS_PER_USER_HOUR)" */
export function reachedText({ cap: { variable, scope, channel, window, most }, until }: Reached): string {
  const span = window === 'hour' ? 'an hour' : 'a day'
  const again = `${new Date(until).toISOString().slice(11, 16)} UTC`
  const amount = most.toLocaleString('en-GB')
  return `the cap of ${amount} ${MESSAGES[channel]}${most === 1 ? '' : 's'} ${span} for ${SCOPES[scope]} is reached: no more until ${again} (${variable})`
}

/** Without what was counted in an hour or a day that is over. */
function current({ hour, day }: Spending, now: number): Spending {
  const of = (window: Window, length: number) => {
    const start = now - (now % length)
    return window.start === start ? window : { start, counts: {} }
  }
  return { hour: of(hour, LENGTHS.hour), day: of(day, LENGTHS.day) }
}

function add(spending: Spending, caps: readonly Cap[], userId: number, amount: number): Spending {
  return caps.reduce((grown, cap) => counted(grown, cap.window, keyOf(cap, userId), amount), spending)
}

function counted(spending: Spending, window: Cap['window'], key: string, amount: number): Spending {
  const { start, counts } = spending[window]
  return { ...spending, [window]: { start, counts: { ...counts, [key]: (counts[key] ?? 0) + amount } } }
}

function countOf(spending: Spending, cap: Cap, userId: number): number {
  return spending[cap.window].counts[keyOf(cap, userId)] ?? 0
}

function keyOf({ variable, scope }: Cap, userId: number): string {
  return scope === 'user' ? `${variable} ${userId}` : variable
}

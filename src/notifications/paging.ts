import type { NotificationReport, PageRequest, Withdrawal } from '../incidents/model.ts'
import type { BundleWindow } from './bundling.ts'
import type { ChannelName, PreferenceStep } from './model.ts'
import type { Delivery, Receipt, Sending } from './sending.ts'
import * as sending from './sending.ts'

/**
 * A page's life in its user's Pager: the steps of their preferences become notifications, each queued, claimed, sent or
 * failed. Pure: `durable-objects/pager.ts` keeps the state and does the sending.
 */

/** The message of one step. */
export interface Notification extends Sending, PreferenceStep {
  /** What the carrier said of it later. */
  receipt?: Receipt['outcome']
  /** The contact's storm when this went out, so that it is still known after a restart. */
  window?: BundleWindow
  /** The bundle that tells it. */
  bundleId?: string
}

/** Whether a message goes out by itself, or waits for a bundle. */
export type Admission = { window: BundleWindow } | { bundleId: string }

/** Everything goes out by itself. */
const ADMIT_ALL = (): Admission | null => null

export interface PageState {
  request: PageRequest
  /** What a reply names it by: the smallest number that was free. */
  code: number
  /** 'open': asks for attention. 'answered': the incident is open, the code still works. 'resolved': the code is free. */
  status: 'open' | 'answered' | 'resolved'
  /** Why it ended, for a late reply: "accepted by Ann Smith". */
  ended: string | null
  notifications: Notification[]
  /** When the user was last told, to find what a bare reply means. */
  lastSentAt: number
  /** Outcomes that the incident has not heard of yet. */
  reports: NotificationReport[]
  /** No channel is left that might reach the user, and the incident has not heard of it yet. */
  unreachable: boolean
  /** When to tell the incident (again); null: it knows everything. */
  reportAt: number | null
  /** Numbers the page's notifications, so that none ever has the id of another. */
  nextIndex: number
}

/** Whose page it is. */
export interface User {
  id: number
  name: string
}

/** Outcomes are told at once; this is for when that fails. */
const REPORT_RETRY_MS = 5_000
/** And this for a process that dies while telling. Not before the lease that is set anyway: each alarm set is a row. */
const REPORT_LEASE_MS = sending.QUEUED_LEASE_MS

/**
 * Starts a page, or starts it afresh when the user is paged again: the whole set of steps from its assignment on. What is
 * in a provider's hands from the page before still gets its outcome told.
 */
export function startPage(
  request: PageRequest,
  steps: PreferenceStep[],
  userId: number,
  code: number,
  before: PageState | null,
): PageState {
  const inFlight = before?.notifications.filter(({ status }) => status === 'claimed') ?? []
  const over = inFlight.map((claimed): Notification => ({ ...claimed, leaseUntil: null }))
  const page: PageState = {
    request,
    code,
    status: 'open',
    ended: null,
    notifications: [...over, ...steps.map((step, index) => schedule(request, step, userId, index))],
    lastSentAt: before?.lastSentAt ?? 0,
    reports: before?.reports ?? [],
    unreachable: false,
    reportAt: before?.reportAt ?? null,
    nextIndex: steps.length,
  }
  return noteUnreachable(page, request.assignedAt)
}

/**
 * The user's preferences changed under way: what was not sent yet follows the new ones. Steps whose time is past are
 * skipped, or editing preferences at night would set off a burst; what a contact is being sent again, or at the end of a
 * quiet time, is not lost by it.
 */
export function reschedule(page: PageState, steps: PreferenceStep[], userId: number, now: number): PageState {
  if (page.status !== 'open') return page
  const kept = page.notifications.filter(
    ({ status, attempts, dueAt, delayMs, channel, target }) =>
      (status !== 'scheduled' && status !== 'held') ||
      ((status === 'held' || attempts > 0 || dueAt <= now || dueAt > page.request.assignedAt + delayMs) &&
        steps.some((step) => step.channel === channel && step.target === target)),
  )
  const fresh = steps
    .map((step, index) => schedule(page.request, step, userId, page.nextIndex + index))
    .filter(({ dueAt }) => dueAt > now)
    // A step that was pulled forward, because the one before it failed, is not sent again at its own time.
    .filter((step) => !kept.some((done) => isSameStep(done, step)))
  const changed = { ...page, notifications: [...kept, ...fresh], nextIndex: page.nextIndex + steps.length }
  return noteUnreachable(changed, now)
}

/**
 * Marks what is due as queued and says which. Several due for one contact are one message: after a stand-still nobody
 * wants the same text three times.
 *
 * @param admit asked of each notification that goes out for the first time
 */
export function takeDue(
  before: PageState,
  user: User,
  now: number,
  admit: (notification: Notification) => Admission | null = ADMIT_ALL,
): { page: PageState; queue: string[] } {
  if (before.status !== 'open') return { page: before, queue: [] }
  const page = giveUpLost(before, user, now)
  const queue: string[] = []
  const held: Notification[] = []
  const contacts = new Set<string>()
  const notifications = page.notifications.map((notification): Notification => {
    const { channel, target } = notification
    const dueAt = sending.due(notification)
    if (dueAt === null || dueAt > now) return notification
    const contact = `${channel} ${target}`
    if (contacts.has(contact)) return { ...notification, status: 'merged', leaseUntil: null }
    contacts.add(contact)
    const admission = notification.status === 'scheduled' && notification.attempts === 0 ? admit(notification) : null
    if (admission && 'bundleId' in admission) {
      held.push(notification)
      return { ...notification, ...admission, status: 'held' }
    }
    queue.push(notification.id)
    return { ...sending.queue(notification, now), ...admission }
  })
  const taken = queue.length + held.length > 0 ? { ...page, notifications } : page
  const report = (one: Notification) => reportOf(one, user, now, { outcome: 'held', provider: null, reason: null })
  return { page: held.reduce((reported, one) => told(reported, report(one), now), taken), queue }
}

/** Whether this page waits for that bundle. */
export function isHeldBy({ status, notifications }: PageState, bundleId: string): boolean {
  return status === 'open' && notifications.some((each) => each.bundleId === bundleId && each.status === 'held')
}

/** What became of a bundle, for one of the pages that it told of. */
export function settleBundle(
  page: PageState,
  bundleId: string,
  { outcome, provider, reason }: Pick<NotificationReport, 'outcome' | 'provider' | 'reason'>,
  user: User,
  now: number,
): PageState {
  const held = page.notifications.find((each) => each.bundleId === bundleId)
  if (!held) return page
  const status = isFailure(outcome) ? 'failed' : outcome === 'retrying' ? 'held' : 'sent'
  // Two steps for one contact may wait for the same bundle: it is one message.
  const notifications = page.notifications.map((each): Notification => {
    if (each.bundleId !== bundleId || each.status === 'withdrawn' || each.status === 'merged') return each
    return { ...each, status: each.id === held.id || status === 'held' ? status : 'merged' }
  })
  const settled = { ...page, notifications }
  const after = told(settled, reportOf(held, user, now, { outcome, provider, reason }), now)
  if (outcome === 'sent') return { ...after, lastSentAt: now }
  if (page.status !== 'open') return after
  if (outcome === 'retrying') return pullForward(after, now)
  return status === 'failed' ? moveOn(after, now) : after
}

function isFailure(outcome: NotificationReport['outcome']): boolean {
  return outcome === 'failed' || outcome === 'undelivered'
}

/** The earliest instant at which this page has something to do. */
export function pageDue(page: PageState): number | null {
  const due = page.reportAt === null ? [] : [page.reportAt]
  if (page.status === 'open') {
    for (const notification of page.notifications) {
      const dueAt = sending.due(notification)
      if (dueAt !== null) due.push(dueAt)
    }
  }
  return due.length > 0 ? Math.min(...due) : null
}

/** Why a notification may not be sent; null: it may. A claim still running belongs to another consumer. */
export function refusal(page: PageState, notificationId: string, consumer: string, now: number): string | null {
  const notification = page.notifications.find(({ id }) => id === notificationId)
  if (!notification) return 'it belongs to an earlier page'
  if (page.status !== 'open') return page.ended ?? 'the page is over'
  return sending.refusal(notification, consumer, now)
}

export function claim(page: PageState, notificationId: string, consumer: string, now: number): PageState {
  return update(page, notificationId, (notification) => sending.claim(notification, consumer, now))
}

/** Writes down what the provider said, and what follows from it. */
export function settle(
  page: PageState,
  notificationId: string,
  delivery: Delivery,
  user: User,
  now: number,
): PageState {
  const notification = page.notifications.find(({ id }) => id === notificationId)
  const result = notification && sending.settle(notification, delivery, now)
  if (!result) return page
  const settled = update(page, notificationId, () => result.settled)
  const report = reportOf(notification, user, now, {
    outcome: result.outcome,
    provider: delivery.provider,
    reason: delivery.outcome === 'failed' ? delivery.reason : delivery.after,
  })
  const after = told(settled, report, now)
  if (delivery.outcome === 'sent') return { ...after, lastSentAt: now }
  const isOver = notification.leaseUntil === null
  if (isOver) return after
  return result.outcome === 'failed' ? moveOn(after, now) : pullForward(after, now)
}

/**
 * Writes down what the carrier says of a message that it took, also where that comes before its consumer has settled. One
 * that did not arrive has failed for good: the next step is due at once.
 */
export function receive(
  page: PageState,
  notificationId: string,
  { outcome, provider, reason }: Receipt,
  user: User,
  now: number,
): PageState {
  const notification = page.notifications.find(({ id }) => id === notificationId)
  if (!notification || (notification.status !== 'sent' && notification.status !== 'claimed')) return page
  if (notification.receipt === outcome) return page
  const failed = outcome === 'undelivered'
  const heard = update(page, notificationId, (before) => ({
    ...before,
    receipt: outcome,
    ...(failed ? { status: 'failed', leaseUntil: null } : {}),
  }))
  const after = told(heard, reportOf(notification, user, now, { outcome, provider, reason }), now)
  return failed && page.status === 'open' ? moveOn(after, now) : after
}

/** The incident heard `told`; a report that came while it was being told stays for the next time. */
export function reported(page: PageState, told: PageState): PageState {
  const reports = page.reports.filter(
    (report) =>
      !told.reports.some(({ notificationId, at }) => notificationId === report.notificationId && at === report.at),
  )
  const heard = told.unreachable && told.request.pageNumber === page.request.pageNumber
  const unreachable = page.unreachable && !heard
  return { ...page, reports, unreachable, reportAt: reports.length > 0 || unreachable ? page.reportAt : null }
}

/** The incident could not be told. */
export function reportLater(page: PageState, now: number): PageState {
  return { ...page, reportAt: now + REPORT_RETRY_MS }
}

/** The page is over. */
export function withdraw(page: PageState, { pageNumber, reason, message }: Withdrawal): PageState {
  if (pageNumber < page.request.pageNumber || page.status === 'resolved') return page
  const notifications = page.notifications.map(
    (notification): Notification =>
      notification.status === 'scheduled' || notification.status === 'held' || notification.status === 'queued'
        ? { ...notification, status: 'withdrawn', leaseUntil: null }
        : { ...notification, leaseUntil: null },
  )
  return { ...page, status: reason, ended: message, notifications }
}

/** Whether no channel is left that might still reach the user. */
export function isUnreachable(page: PageState): boolean {
  const isGone = ({ status, leaseUntil }: Notification) =>
    status === 'failed' || status === 'merged' || (status === 'claimed' && leaseUntil === null)
  return page.status === 'open' && page.notifications.every(isGone)
}

/** Enough of an address to recognise it, too little to misuse it. */
export function mask(channel: ChannelName, target: string): string {
  if (channel === 'PUSH') return ''
  if (channel !== 'EMAIL') return `…${target.slice(-4)}`
  const [local = '', domain = ''] = target.split('@')
  return `${local.slice(0, 1)}…@${domain}`
}

/** A channel failed for good: the next step is due at once, and without one the user is unreachable. */
function moveOn(page: PageState, now: number): PageState {
  const next = page.notifications.filter(({ status }) => status === 'scheduled').sort((a, b) => a.dueAt - b.dueAt)[0]
  if (next)
    return update(page, next.id, (notification) => ({ ...notification, dueAt: Math.min(notification.dueAt, now) }))
  return noteUnreachable(page, now)
}

/** The carrier is in trouble: while it is tried again, nobody sleeps until a later step's own time. */
function pullForward(page: PageState, now: number): PageState {
  const untried = page.notifications.filter(({ status, attempts }) => status === 'scheduled' && attempts === 0)
  const next = untried.sort((a, b) => a.dueAt - b.dueAt)[0]
  if (!next) return page
  return update(page, next.id, (notification) => ({ ...notification, dueAt: Math.min(notification.dueAt, now) }))
}

function giveUpLost(page: PageState, user: User, now: number): PageState {
  const lost = page.notifications.find((notification) => sending.isLost(notification, now))
  if (!lost) return page
  const failed = update(page, lost.id, (notification) => ({ ...notification, status: 'failed', leaseUntil: null }))
  const report = reportOf(lost, user, now, { outcome: 'failed', provider: null, reason: 'no outcome ever came back' })
  return giveUpLost(moveOn(told(failed, report, now), now), user, now)
}

function reportOf(
  { id, channel, target }: Notification,
  user: User,
  at: number,
  result: Pick<NotificationReport, 'outcome' | 'provider' | 'reason'>,
): NotificationReport {
  return {
    notificationId: id,
    userId: user.id,
    userName: user.name,
    channel,
    target: mask(channel, target),
    ...result,
    at,
  }
}

/** Has the incident hear of it. */
function told(page: PageState, report: NotificationReport, now: number): PageState {
  return { ...page, reports: [...page.reports, report], reportAt: now + REPORT_LEASE_MS }
}

function isSameStep(a: PreferenceStep, b: PreferenceStep): boolean {
  return a.channel === b.channel && a.target === b.target && a.delayMs === b.delayMs
}

function noteUnreachable(page: PageState, now: number): PageState {
  return isUnreachable(page) ? { ...page, unreachable: true, reportAt: page.reportAt ?? now } : page
}

function schedule(request: PageRequest, step: PreferenceStep, userId: number, index: number): Notification {
  return {
    ...step,
    id: `${request.incidentId}-${userId}-${request.pageNumber}-${index}`,
    dueAt: request.assignedAt + step.delayMs,
    status: 'scheduled',
    leaseUntil: null,
    claimedBy: null,
    attempts: 0,
  }
}

function update(page: PageState, id: string, change: (notification: Notification) => Notification): PageState {
  return { ...page, notifications: page.notifications.map((each) => (each.id === id ? change(each) : each)) }
}

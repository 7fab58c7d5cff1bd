import type { PageRequest, Withdrawal } from '../incidents/model.ts'
import type { PreferenceStep } from './model.ts'
import type { Notification, PageState } from './paging.ts'
import * as paging from './paging.ts'
import type { Delivery, Receipt } from './sending.ts'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const NOON = Date.UTC(2026, 0, 5, 12)
/** How long a consumer may hold what it claimed. */
export const CLAIM_LEASE = 60 * SECOND

export const ANN = { id: 1, name: 'Ann' }

export const sms = (minutes = 0, target = '+15550001'): PreferenceStep => ({
  channel: 'SMS',
  target,
  delayMs: minutes * MINUTE,
})
export const call = (minutes = 0, target = '+15550001'): PreferenceStep => ({
  channel: 'VOICE',
  target,
  delayMs: minutes * MINUTE,
})
export const mail = (minutes = 0): PreferenceStep => ({
  channel: 'EMAIL',
  target: 'ann@example.com',
  delayMs: minutes * MINUTE,
})

export const SENT: Delivery = { outcome: 'sent', provider: 'carrier', after: null }
export const BUSY: Delivery = { outcome: 'failed', permanent: false, provider: 'carrier', reason: 'busy' }
export const NO_SUCH_NUMBER: Delivery = {
  outcome: 'failed',
  permanent: true,
  provider: 'carrier',
  reason: 'no such number',
}

export function aRequest(given: Partial<PageRequest> = {}): PageRequest {
  return {
    incidentId: 42,
    reference: 'PROM-42',
    pageNumber: 1,
    summary: 'Disk full on db-1',
    details: null,
    priority: 'HIGH',
    sourceName: 'Prometheus',
    assignedAt: NOON,
    ...given,
  }
}

/** As an incident that was answered, or is over, tells it. */
export function aWithdrawal(given: Partial<Withdrawal> = {}): Withdrawal {
  return { incidentId: 42, pageNumber: 1, reason: 'answered', message: 'accepted by Ben', ...given }
}

/** Ann's page with a clock, and with what her Pager does around the rules: the queue and its consumers. */
export class PageStory {
  page: PageState
  now: number
  #queued: string[] = []
  #consumers = 0

  constructor(steps: PreferenceStep[], request = aRequest(), now = request.assignedAt) {
    this.now = now
    this.page = paging.startPage(request, steps, ANN.id, 1, null)
    this.ring()
  }

  /** Time passes, and the alarm rings whenever something is due. */
  pass(ms: number): this {
    const until = this.now + ms
    for (let due = this.nextRing(until); due !== null; due = this.nextRing(until)) {
      this.now = Math.max(due, this.now)
      this.ring()
      this.tells()
    }
    this.now = until
    return this
  }

  /** Time passes while nothing runs; the alarm rings once, at the end. */
  standStill(ms: number): this {
    this.now += ms
    this.ring()
    return this
  }

  ring(): void {
    const { page, queue } = paging.takeDue(this.page, ANN, this.now)
    this.page = page
    this.#queued.push(...queue)
  }

  /** What was queued since the last look. */
  queued(): string[] {
    return this.#queued.splice(0)
  }

  /** Where what was queued since the last look goes to. */
  told(): string[] {
    return this.queued().map((id) => this.notification(id).channel)
  }

  /** A consumer asks for a notification; false: it must not send. */
  claims(id: string): boolean {
    const consumer = `consumer ${++this.#consumers}`
    if (paging.refusal(this.page, id, consumer, this.now) !== null) return false
    this.page = paging.claim(this.page, id, consumer, this.now)
    return true
  }

  settles(id: string, delivery: Delivery): this {
    this.page = paging.settle(this.page, id, delivery, ANN, this.now)
    this.ring()
    return this
  }

  /** The consumers take everything that is queued, and this is what the carriers say. */
  carriersSay(delivery: Delivery): this {
    for (const id of this.queued()) if (this.claims(id)) this.settles(id, delivery)
    return this
  }

  /** What the carrier says later of what it took. */
  isHeardOf(id: string, outcome: Receipt['outcome'], reason: string | null = null): this {
    this.page = paging.receive(this.page, id, { outcome, provider: 'carrier', reason }, ANN, this.now)
    this.ring()
    return this
  }

  isWithdrawn(given: Partial<Withdrawal> = {}): this {
    this.page = paging.withdraw(this.page, aWithdrawal({ pageNumber: this.page.request.pageNumber, ...given }))
    return this
  }

  isPagedAgain(steps: PreferenceStep[]): this {
    const { pageNumber } = this.page.request
    const request = aRequest({ pageNumber: pageNumber + 1, assignedAt: this.now })
    this.page = paging.startPage(request, steps, ANN.id, this.page.code, this.page)
    this.ring()
    return this
  }

  prefers(steps: PreferenceStep[]): this {
    this.page = paging.reschedule(this.page, steps, ANN.id, this.now)
    this.ring()
    return this
  }

  /** The incident hears what it has not heard yet, as far as it is time. */
  tells(): { outcomes: string[]; unreachable: boolean } {
    const { reports, unreachable } = this.page
    this.page = paging.reported(this.page, this.page)
    return { outcomes: reports.map(({ channel, outcome }) => `${channel} ${outcome}`), unreachable }
  }

  notification(id: string): Notification {
    const found = this.page.notifications.find((notification) => notification.id === id)
    if (!found) throw new Error(`The page has no notification ${id}`)
    return found
  }

  private nextRing(until: number): number | null {
    const due = paging.pageDue(this.page)
    return due !== null && due <= until ? due : null
  }
}

export function aPage(...steps: PreferenceStep[]): PageStory {
  return new PageStory(steps)
}

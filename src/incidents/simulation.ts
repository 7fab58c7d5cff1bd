import type { ChannelName, PagerProfile } from '../notifications/model.ts'
import {
  claim,
  mask,
  type PageState,
  pageDue,
  reported,
  settle,
  startPage,
  takeDue,
  withdraw,
} from '../notifications/paging.ts'
import type { Change } from './draft.ts'
import { nextDeadline, open, passTime } from './lifecycle.ts'
import type { Effect, Opening, Person } from './model.ts'
import { describeEntry } from './timeline.ts'

/**
 * What an incident that nobody answers sets off, found by the very rules that incidents and Pagers live by, with a clock
 * of its own. Nothing is sent or kept.
 */

const MOST_STEPS = 200
const LONGEST_MS = 24 * 60 * 60_000

/** The incident alone: what happens to it, and when. */
export interface Course {
  changes: (Pick<Change, 'entries' | 'effects'> & { at: number })[]
  /** Where it is looked at no further. */
  until: number
  /** There is more. */
  cut: boolean
}

export type SimulatedStep =
  | { type: 'timeline'; at: number; text: string }
  /** `target`: masked */
  | { type: 'notification'; at: number; user: Person; channel: ChannelName; target: string }

export function unanswered(opening: Opening): Course {
  const until = opening.openedAt + LONGEST_MS
  const changes: Course['changes'] = []
  let steps = 0
  let at = opening.openedAt
  for (let change: Change | null = open(opening, at); change; change = passTime(change.state, at)) {
    const { state, entries, effects } = change
    changes.push({ at, entries, effects })
    steps += entries.length
    const due = nextDeadline(state)
    if (due === null) break
    if (due > until || steps >= MOST_STEPS) return { changes, until, cut: true }
    at = due
  }
  return { changes, until, cut: false }
}

/** Ids of everybody whom it pages. */
export function usersPaged({ changes }: Course): number[] {
  const effects = changes.flatMap((change) => change.effects)
  return [...new Set(effects.flatMap((effect) => (effect.type === 'page' ? effect.userId : [])))]
}

/** The incident's timeline and every notification, in their order, by these users' preferences. */
export function simulate(
  course: Course,
  profiles: Map<number, PagerProfile>,
): { steps: SimulatedStep[]; cut: boolean } {
  const steps: SimulatedStep[] = []
  const pagers = new Pagers(profiles)
  for (const { at, entries, effects } of course.changes) {
    steps.push(...pagers.ring(at))
    steps.push(...entries.map((entry) => ({ type: 'timeline' as const, at, text: describeEntry(entry) })))
    for (const effect of effects) pagers.take(effect)
  }
  steps.push(...pagers.ring(course.until + 1))
  const cut = course.cut || pagers.due() !== null || steps.length > MOST_STEPS
  return { steps: steps.slice(0, MOST_STEPS), cut }
}

/** The Pagers of everybody, where every message is sent at once and arrives. */
class Pagers {
  readonly #profiles: Map<number, PagerProfile>
  readonly #pages = new Map<number, PageState>()

  constructor(profiles: Map<number, PagerProfile>) {
    this.#profiles = profiles
  }

  take(effect: Effect): void {
    if (effect.type === 'tell-source') return
    const { userId } = effect
    const known = this.#pages.get(userId) ?? null
    if (effect.type === 'page') {
      const steps = this.#profiles.get(userId)?.steps[effect.page.priority] ?? []
      this.#keep(userId, startPage(effect.page, steps, userId, 1, known))
    } else if (effect.type === 'withdraw' && known) this.#keep(userId, withdraw(known, effect.withdrawal))
  }

  /** When somebody gets the next message. */
  due(): number | null {
    return this.#next()?.at ?? null
  }

  /** All that is sent before an instant. */
  ring(before: number): SimulatedStep[] {
    const sent: SimulatedStep[] = []
    for (let next = this.#next(); next && next.at < before; next = this.#next()) {
      sent.push(...this.#send(next.userId, next.page, next.at))
    }
    return sent
  }

  #next(): { userId: number; page: PageState; at: number } | null {
    const due = [...this.#pages].flatMap(([userId, page]) => {
      const at = pageDue(page)
      return at === null ? [] : { userId, page, at }
    })
    return due.reduce<(typeof due)[number] | null>((first, one) => (first && first.at <= one.at ? first : one), null)
  }

  #send(userId: number, before: PageState, at: number): SimulatedStep[] {
    const user = { id: userId, name: this.#profiles.get(userId)?.name ?? '' }
    const taken = takeDue(before, user, at)
    let { page } = taken
    const sent = page.notifications.filter(({ id }) => taken.queue.includes(id))
    for (const { id } of sent) {
      page = settle(claim(page, id, 'simulation', at), id, { outcome: 'sent', provider: '', after: null }, user, at)
    }
    this.#keep(userId, page)
    return sent.map(({ channel, target }) => ({
      ...{ type: 'notification', at, user: { userId, name: user.name }, channel, target: mask(channel, target) },
    }))
  }

  /** With nothing left to tell the incident, which hears of nothing here. */
  #keep(userId: number, page: PageState): void {
    this.#pages.set(userId, reported(page, page))
  }
}

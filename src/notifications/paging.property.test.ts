import fc from 'fast-check'
import { describe, type ExpectStatic, it } from 'vitest'
import type { PreferenceStep } from './model.ts'
import {
  ANN,
  BUSY,
  CLAIM_LEASE,
  call,
  MINUTE,
  mail,
  NO_SUCH_NUMBER,
  PageStory,
  SECOND,
  SENT,
  sms,
} from './paging.fixtures.ts'
import type { PageState } from './paging.ts'
import { pageDue, reported, startPage, takeDue } from './paging.ts'

/** A page under everything that can happen to it, with the mistakes that no run of the rules may make. */
class Watched extends PageStory {
  readonly #expect: ExpectStatic
  /** All that was ever queued: a queue may deliver again what it has delivered. */
  readonly delivered: string[] = []
  /** Until when each claim belongs to its consumer. */
  readonly #held = new Map<string, number>()
  /** What was settled and the incident has not heard of, in their order. */
  readonly #unheard: string[] = []
  /** The page for which the incident was told that the user can't be reached. */
  #heardUnreachable = 0
  #tellings = 0

  constructor(steps: PreferenceStep[], expect: ExpectStatic) {
    super(steps)
    this.#expect = expect
    this.check()
  }

  override claims(id: string): boolean {
    const granted = super.claims(id)
    if (!granted) return false
    this.#expect(this.page.status).toBe('open')
    this.#expect(this.#held.get(id) ?? 0).toBeLessThanOrEqual(this.now)
    this.#expect(this.notification(id).attempts).toBeLessThanOrEqual(5)
    this.#held.set(id, this.now + CLAIM_LEASE)
    return true
  }

  override settles(...[id, delivery]: Parameters<PageStory['settles']>): this {
    const known = this.page.reports.length
    super.settles(id, delivery)
    if (this.page.reports.length > known) {
      this.#unheard.push(id)
      this.#held.delete(id)
    }
    return this
  }

  override tells(): ReturnType<PageStory['tells']> {
    this.#hears(this.page)
    return super.tells()
  }

  /** The incident is told while something else happens to the page. */
  tellsWhile(meanwhile: () => void): void {
    const told = this.page
    const tellings = this.#tellings
    meanwhile()
    // When time passed meanwhile, the alarm has told it, and the incident passes over what it hears again.
    if (this.#tellings === tellings) this.#hears(told)
    this.page = reported(this.page, told)
  }

  #hears(told: PageState): void {
    this.#tellings++
    for (const { notificationId } of told.reports) this.#expect(this.#unheard.shift()).toBe(notificationId)
    if (told.unreachable) this.#heardUnreachable = told.request.pageNumber
  }

  check(): void {
    const { page } = this
    this.delivered.push(...this.queued())
    const ids = page.notifications.map(({ id }) => id)
    this.#expect(new Set(ids).size).toBe(ids.length)
    this.#expect(page.reports.map(({ notificationId }) => notificationId)).toEqual(this.#unheard)
    if (page.status !== 'open') {
      this.#expect(takeDue(page, ANN, Number.MAX_SAFE_INTEGER).queue).toEqual([])
      return
    }
    const isSent = page.notifications.some(({ status }) => status === 'sent')
    const isUnreachable = page.unreachable || this.#heardUnreachable === page.request.pageNumber
    const isUnderWay = page.notifications.some(
      ({ status, leaseUntil }) => status === 'scheduled' || leaseUntil !== null,
    )
    this.#expect(isSent || isUnreachable || isUnderWay, 'the user was told, will be, or can not be').toBe(true)
    if (page.unreachable || isUnderWay) this.#expect(pageDue(page)).not.toBeNull()
  }
}

const steps = fc.array(
  fc
    .tuple(
      fc.constantFrom(sms, call, mail, (minutes: number) => sms(minutes, '+15550002')),
      fc.constantFrom(0, 0, 1, 5, 30),
    )
    .map(([step, minutes]) => step(minutes)),
  { maxLength: 4 },
)
const delivery = fc.constantFrom(SENT, BUSY, BUSY, NO_SUCH_NUMBER)
const duration = fc.oneof(
  fc.constantFrom(1, 15 * SECOND, 30 * SECOND, CLAIM_LEASE - 1, CLAIM_LEASE, 5 * MINUTE),
  fc.nat({ max: 40 * MINUTE }),
)
/** Which of all that was ever queued, so that replays are as likely as first deliveries. */
const which = fc.nat({ max: 50 })

interface Happening {
  happen(story: Watched): void
  /** As a counterexample prints it. */
  [fc.toStringMethod](): string
}

function happening(name: string, happen: (story: Watched) => void): Happening {
  return { happen, [fc.toStringMethod]: () => name }
}

function withNotification(name: string, index: number, happen: (story: Watched, id: string) => void): Happening {
  return happening(`${name} #${index}`, (story) => {
    const id = story.delivered.at(-1 - (index % story.delivered.length))
    if (id) happen(story, id)
  })
}

const named = (wanted: PreferenceStep[]) => wanted.map(({ channel, delayMs }) => `${channel} +${delayMs}`).join(', ')

const simple: fc.Arbitrary<Happening> = fc.oneof(
  duration.map((ms) => happening(`pass ${ms}`, (story) => story.pass(ms))),
  duration.map((ms) => happening(`stand still ${ms}`, (story) => story.standStill(ms))),
  which.map((index) => withNotification('claim', index, (story, id) => story.claims(id))),
  fc
    .tuple(which, delivery)
    .map(([index, said]) => withNotification(`settle ${said.outcome}`, index, (story, id) => story.settles(id, said))),
  fc.tuple(which, delivery).map(([index, said]) =>
    withNotification(`deliver ${said.outcome}`, index, (story, id) => {
      if (story.claims(id)) story.settles(id, said)
    }),
  ),
  fc
    .constantFrom('answered', 'answered', 'resolved')
    .map((reason) => happening(reason, (story) => story.isWithdrawn({ reason }))),
  steps.map((wanted) => happening(`page again by ${named(wanted)}`, (story) => story.isPagedAgain(wanted))),
  steps.map((wanted) => happening(`prefer ${named(wanted)}`, (story) => story.prefers(wanted))),
)

const anything: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: simple },
  {
    weight: 1,
    arbitrary: simple.map((meanwhile) =>
      happening(`tell, meanwhile ${fc.stringify(meanwhile)}`, (story) =>
        story.tellsWhile(() => meanwhile.happen(story)),
      ),
    ),
  },
  { weight: 1, arbitrary: fc.constant(happening('tell', (story) => story.tells())) },
)

describe('whatever happens to a page', () => {
  it('nothing is sent once it is over, nothing twice within a lease, nothing is lost or told twice', ({ expect }) => {
    fc.assert(
      fc.property(steps, fc.array(anything, { maxLength: 40 }), (first, happenings) => {
        const story = new Watched(first, expect)
        for (const each of happenings) {
          each.happen(story)
          story.check()
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('no notification goes out before its step is due, unless a channel failed', ({ expect }) => {
    fc.assert(
      fc.property(steps, duration, fc.nat({ max: 20 }), (wanted, apart, rings) => {
        const story = new PageStory(wanted)
        for (let ring = 0; ring < rings; ring++) {
          for (const id of story.queued()) {
            expect(story.notification(id).dueAt).toBeLessThanOrEqual(story.now)
            if (story.claims(id)) story.settles(id, SENT)
          }
          story.pass(apart)
        }
        const due = startPage(story.page.request, wanted, 1, 1, null).notifications.map(({ dueAt }) => dueAt)
        expect(story.page.notifications.map(({ dueAt }) => dueAt)).toEqual(due)
      }),
    )
  })
})

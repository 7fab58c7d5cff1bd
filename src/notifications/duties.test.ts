import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { PlannedSchedule } from '../incidents/model.ts'
import { type DutyEvent, dutyEvents } from '../on-call/duty-events.ts'
import type { Shift } from '../on-call/model.ts'
import { type DutyNews, type DutyWatch, follow, look } from './duties.ts'
import { intervalText } from './interval-text.ts'
import type { Duties, NoticeTarget } from './model.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NOON = Date.UTC(2026, 2, 9, 12)

const [ANN, BEN] = [1, 2]
const people = [
  { userId: ANN, name: 'Ann Smith' },
  { userId: BEN, name: 'Ben Example' },
]
const MAIL: NoticeTarget = { channel: 'EMAIL', target: 'ann@example.com' }
const PHONE: NoticeTarget = { channel: 'SMS', target: '+15550001' }

/** Hours from noon on. */
const shift = (userId: number, from: number, to: number): Shift => ({
  userId,
  start: NOON + from * HOUR,
  end: NOON + to * HOUR,
})

function primary(...shifts: Shift[]): PlannedSchedule {
  return { id: 3, name: 'Primary', people, schedule: { type: 'static', timeZone: 'UTC', shifts, overrides: [] } }
}

function dutiesOf(schedules: PlannedSchedule[], ...reminders: [NoticeTarget, number][]): Duties {
  return {
    ...{ email: 'own@example.com', timeZone: 'Europe/Berlin', schedules, loadedAt: NOON },
    reminders: reminders.map(([target, minutes]) => ({ ...target, beforeMs: minutes * MINUTE })),
  }
}

/** Ann's Pager with a clock: it looks whenever it said that it would. */
class DutyStory {
  watch: DutyWatch | null = null
  duties: Duties | undefined
  now = NOON
  #news: DutyNews[] = []

  constructor(duties: Duties) {
    this.changes(duties)
  }

  changes(duties: Duties | undefined): this {
    const { watch, news } = follow(this.watch, this.duties, duties, ANN, this.now)
    this.watch = watch
    this.duties = duties
    this.#news.push(...news)
    return this
  }

  /** Until an hour after noon, with each alarm on the way. */
  until(hours: number): this {
    const end = NOON + hours * HOUR
    for (let due = this.watch?.lookAt; due && due <= end; due = this.watch?.lookAt) {
      this.now = due
      this.looks()
    }
    this.now = end
    return this
  }

  /** Until an hour after noon without any alarm, then one look. */
  standsStillUntil(hours: number): this {
    this.now = NOON + hours * HOUR
    return this.looks()
  }

  looks(): this {
    if (!this.watch || !this.duties) return this
    const { watch, news } = look(this.watch, this.duties, ANN, this.now)
    this.watch = watch
    this.#news.push(...news)
    return this
  }

  /** What was told since the last time. */
  told(): string[] {
    return this.#news.splice(0).map(({ notice: { title } }) => title)
  }

  news(): DutyNews[] {
    return this.#news.splice(0)
  }
}

/** The user's own time. */
const WHEN = intervalText({ start: NOON + 2 * HOUR, end: NOON + 26 * HOUR }, 'Europe/Berlin')
const REMINDER = 'You are on call for Primary in 1 hour'
const BEGINS = 'You are now on call for Primary'
const ENDS = 'Your shift for Primary is over'

describe('a shift', () => {
  it('is told before it begins, when it begins and when it ends', ({ expect }) => {
    const story = new DutyStory(
      dutiesOf([primary(shift(BEN, -4, 2), shift(ANN, 2, 26), shift(BEN, 26, 50))], [MAIL, 60]),
    )
    expect(story.until(0.99).told()).toEqual([])
    const [reminder] = story.until(1).news()
    expect(reminder).toEqual({
      notice: {
        id: `reminder-3-${NOON + 2 * HOUR}-${HOUR}`,
        title: REMINDER,
        text: WHEN,
        path: '/schedules/3',
        expiresAt: NOON + 2 * HOUR,
      },
      targets: [expect.objectContaining(MAIL)],
    })
    const [begins] = story.until(2).news()
    expect(begins?.notice).toMatchObject({
      title: BEGINS,
      text: `${WHEN}\nBefore you: Ben Example`,
      expiresAt: NOON + 26 * HOUR,
    })
    const [ends] = story.until(26).news()
    expect(ends?.notice).toMatchObject({ title: ENDS, text: 'Now on call: Ben Example' })
    expect(story.until(200).told()).toEqual([])
  })

  it('is told as over also when nobody follows', ({ expect }) => {
    const story = new DutyStory(dutiesOf([primary(shift(ANN, -1, 1))], [MAIL, 60]))
    expect(story.until(2).news()[0]?.notice.text).toBe('Nobody is on call now')
  })

  it('is reminded of at each time that the user chose, where they chose it', ({ expect }) => {
    const story = new DutyStory(dutiesOf([primary(shift(ANN, 30, 40))], [MAIL, 1440], [PHONE, 15], [PHONE, 0]))
    const reminded = story.until(29.99).news()
    expect(reminded.map(({ notice, targets }) => [notice.title, targets.map(({ channel }) => channel)])).toEqual([
      ['You are on call for Primary in 24 hours', ['EMAIL']],
      ['You are on call for Primary in 15 minutes', ['SMS']],
    ])
    expect(story.until(30).told()).toEqual([BEGINS])
  })

  it('that begins for the same user as the one before is no hand-off', ({ expect }) => {
    const story = new DutyStory(dutiesOf([primary(shift(ANN, 1, 5), shift(ANN, 5, 9))], [MAIL, 60]))
    story.until(4)
    story.told()
    expect(story.until(8.99).told()).toEqual([])
  })

  it('is not told to who wants no reminders', ({ expect }) => {
    const story = new DutyStory(dutiesOf([primary(shift(ANN, 2, 4))]))
    expect(story.watch).toBeNull()
    expect(story.until(48).told()).toEqual([])
  })
})

describe('after a standstill', () => {
  const lateFor = (hours: number, ...shifts: Shift[]) =>
    new DutyStory(dutiesOf([primary(...shifts)], [MAIL, 60])).standsStillUntil(hours).told()

  it('a reminder comes late, with the time that is left', ({ expect }) => {
    expect(lateFor(1.5, shift(ANN, 2, 4))).toEqual(['You are on call for Primary in 30 minutes'])
  })

  it('a shift that runs is told, its reminder is not', ({ expect }) => {
    expect(lateFor(3, shift(ANN, 2, 4))).toEqual([BEGINS])
  })

  it('a shift that is over is not told as begun, and as over only for a while', ({ expect }) => {
    expect(lateFor(4.5, shift(ANN, 2, 4))).toEqual([ENDS])
    expect(lateFor(5, shift(ANN, 2, 4))).toEqual([])
  })

  it('a shift is not told as over to who is on call again', ({ expect }) => {
    expect(lateFor(4.5, shift(ANN, 2, 4), shift(BEN, 4, 4.2), shift(ANN, 4.2, 9))).toEqual([BEGINS])
  })

  it('says who is on call by then', ({ expect }) => {
    const story = new DutyStory(dutiesOf([primary(shift(ANN, 2, 4), shift(BEN, 4.2, 9))], [MAIL, 60]))
    expect(story.standsStillUntil(4.5).news().at(-1)?.notice.text).toBe('Now on call: Ben Example')
  })
})

describe('a change', () => {
  const before = dutiesOf([primary(shift(ANN, 4, 8))], [MAIL, 60])

  it('of what is no matter to the shift repeats nothing', ({ expect }) => {
    const story = new DutyStory(before).until(3.5)
    expect(story.told()).toEqual([REMINDER])
    story.changes(dutiesOf([primary(shift(ANN, 4, 12))], [MAIL, 60])).changes(before)
    expect(story.told()).toEqual([])
    expect(story.until(4).told()).toEqual([BEGINS])
  })

  it('that moves a shift moves its reminder', ({ expect }) => {
    const story = new DutyStory(before).until(2)
    story.changes(dutiesOf([primary(shift(ANN, 6, 8))], [MAIL, 60]))
    expect(story.until(4.99).told()).toEqual([])
    expect(story.until(5).told()).toEqual([REMINDER])
  })

  it('that brings a shift nearer than its reminder is reminded of at once, and once', ({ expect }) => {
    const story = new DutyStory(before).until(2)
    const nearer = dutiesOf([primary(shift(ANN, 2.5, 8))], [MAIL, 60])
    expect(story.changes(nearer).told()).toEqual(['You are on call for Primary in 30 minutes'])
    expect(story.changes(nearer).until(2.49).told()).toEqual([])
    expect(story.until(2.5).told()).toEqual([BEGINS])
  })

  it('that takes a shift away and brings it back does not repeat its reminder', ({ expect }) => {
    const story = new DutyStory(before).until(3.5)
    story.told()
    story.changes(dutiesOf([], [MAIL, 60])).changes(before)
    expect(story.told()).toEqual([])
  })

  it('to a longer time before does not remind again of a shift that is near', ({ expect }) => {
    const story = new DutyStory(before).until(3.5)
    story.told()
    story.changes(dutiesOf([primary(shift(ANN, 4, 8))], [MAIL, 180]))
    expect(story.told()).toEqual([])
  })

  it('of who is on call now is told by whoever makes it', ({ expect }) => {
    const story = new DutyStory(dutiesOf([primary(shift(ANN, -1, 8))], [MAIL, 60])).until(2)
    story.changes(dutiesOf([primary(shift(ANN, -1, 2), shift(BEN, 2, 8))], [MAIL, 60]))
    expect(story.until(20).told()).toEqual([])
  })

  it('does not hide what was due before it', ({ expect }) => {
    const story = new DutyStory(before)
    story.now = NOON + 4 * HOUR + 1
    expect(story.changes(dutiesOf([primary(shift(ANN, 4, 12))], [MAIL, 60])).told()).toEqual([BEGINS])
  })

  it('that ends all reminders ends the looking', ({ expect }) => {
    const story = new DutyStory(before).changes(dutiesOf([]))
    expect(story.watch?.lookAt).toBeNull()
    expect(story.until(20).told()).toEqual([])
    story.changes(undefined)
    expect(story.watch?.lookAt).toBeNull()
  })
})

describe('however time is cut into looks', () => {
  const shifts = fc
    .array(
      fc.record({
        userId: fc.constantFrom(ANN, BEN),
        from: fc.integer({ min: 0, max: 600 }),
        length: fc.integer({ min: 1, max: 90 }),
      }),
      { maxLength: 12 },
    )
    .map((placed) => placed.map(({ userId, from, length }) => shift(userId, from / 10, (from + length) / 10)))
  const TIMES = [15, 60, 1440]
  const chosen = fc.uniqueArray(fc.constantFrom(...TIMES), { minLength: 1 })
  const cuts = fc.array(fc.integer({ min: 0, max: 70 * 60 }), { maxLength: 20 })
  const END = NOON + 72 * HOUR

  const nameOf = (event: DutyEvent) =>
    event.type === 'reminder' ? `reminder-3-${event.start}-${event.beforeMs}` : `${event.type}-3-${event.at}`

  /** The ids told between noon and the end, by the alarms and by these further looks (minutes after noon). */
  function toldWith(duties: Duties, further: number[]): string[] {
    const story = new DutyStory(duties)
    for (const minute of [...further].sort((a, b) => a - b)) {
      story.until(minute / 60)
      // Sometimes it is a change that looks, and one that changes nothing.
      if (minute % 2 === 0) story.changes(structuredClone(duties))
      else story.looks()
    }
    story.until((END - NOON) / HOUR)
    return story.news().map(({ notice: { id } }) => id)
  }

  it('each event is told once, in order', ({ expect }) => {
    fc.assert(
      fc.property(shifts, chosen, cuts, (placed, minutes, further) => {
        const duties = dutiesOf([primary(...placed)], ...minutes.map((each): [NoticeTarget, number] => [MAIL, each]))
        const times = minutes.map((each) => each * MINUTE)
        const told = toldWith(duties, further)
        const events = dutyEvents(duties.schedules, ANN, times, NOON, END)
        // Those whose time was past at the beginning are reminded of at once, in one notice a shift.
        const lateReminders = new Set(
          dutyEvents(duties.schedules, ANN, times, NOON - DAY, NOON)
            .filter((event) => event.type === 'reminder')
            .map(({ start }) => start)
            .filter((start) => start > NOON),
        )
        expect(told.slice(lateReminders.size).sort()).toEqual(events.map(nameOf).sort())
        expect(new Set(told).size).toBe(told.length)
        const at = new Map(events.map((event) => [nameOf(event), event.at]))
        const order = told.slice(lateReminders.size).map((id) => at.get(id) ?? 0)
        expect(order).toEqual([...order].sort((a, b) => a - b))
      }),
      { numRuns: 200 },
    )
  })

  it('looks at least daily while there is something to look for', ({ expect }) => {
    fc.assert(
      fc.property(shifts, chosen, (placed, minutes) => {
        const story = new DutyStory(
          dutiesOf([primary(...placed)], ...minutes.map((each): [NoticeTarget, number] => [MAIL, each])),
        )
        const { lookAt } = story.watch ?? {}
        expect(lookAt).toBeGreaterThan(NOON)
        expect(lookAt).toBeLessThanOrEqual(NOON + DAY)
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DUTY_LOOK_AHEAD, type DutyEvent, dueReminders, dutyEvents, nextDutyAt } from './duty-events.ts'
import type { Instant, Schedule, Shift } from './model.ts'
import { onCallAt } from './on-call.ts'
import { scheduleAndInstants } from './random-schedule.fixtures.ts'
import { DAY, HOUR } from './wall-time.ts'

const [ANA, BEN, CYD] = [1, 2, 3]
const at = (text: string) => Date.parse(`${text}:00Z`)
const shift = (userId: number, start: string, end: string): Shift => ({ userId, start: at(start), end: at(end) })

function placed(...shifts: Shift[]): Schedule {
  return { type: 'static', timeZone: 'Europe/Berlin', shifts, overrides: [] }
}

const [MONDAY, TUESDAY] = [
  shift(ANA, '2025-03-03T08:00', '2025-03-04T08:00'),
  shift(BEN, '2025-03-04T08:00', '2025-03-05T08:00'),
]
const two = [{ id: 7, schedule: placed(MONDAY, TUESDAY) }]
const [from, to] = [at('2025-03-01T00:00'), at('2025-03-09T00:00')]

describe('what is due for a user', () => {
  it('is a reminder before a shift, its begin with who hands over, and its end with who takes over', () => {
    expect(dutyEvents(two, BEN, [HOUR, DAY], from, to)).toEqual([
      { type: 'reminder', at: MONDAY.start, scheduleId: 7, start: TUESDAY.start, beforeMs: DAY },
      { type: 'reminder', at: TUESDAY.start - HOUR, scheduleId: 7, start: TUESDAY.start, beforeMs: HOUR },
      { type: 'begins', at: TUESDAY.start, scheduleId: 7, other: ANA },
      { type: 'ends', at: TUESDAY.end, scheduleId: 7, other: null },
    ])
    expect(dutyEvents(two, ANA, [], from, to)).toEqual([
      { type: 'begins', at: MONDAY.start, scheduleId: 7, other: null },
      { type: 'ends', at: MONDAY.end, scheduleId: 7, other: BEN },
    ])
    expect(dutyEvents(two, CYD, [HOUR], from, to)).toEqual([])
  })

  it('is nothing where the same user goes on, in one layer or from one to another', () => {
    const restrictions = [{ from: { time: '08:00' }, to: { time: '20:00' } }]
    const days = { name: 'Days', start: '2025-03-01T08:00', users: [ANA], rotation: { unit: 'day', every: 1 } } as const
    const schedule: Schedule = {
      type: 'recurring',
      timeZone: 'Etc/UTC',
      layers: [
        { ...days, users: [ANA], restrictions },
        { ...days, users: [ANA], restrictions: [{ from: { time: '20:00' }, to: { time: '08:00' } }] },
      ],
      overrides: [],
    }
    expect(dutyEvents([{ id: 1, schedule }], ANA, [HOUR], at('2025-03-02T00:00'), to)).toEqual([])
  })

  it('is told of each schedule for itself', () => {
    const both = [...two, { id: 8, schedule: placed({ ...TUESDAY, userId: ANA }) }]
    expect(dutyEvents(both, ANA, [], MONDAY.start, to).map(({ type, scheduleId }) => [type, scheduleId])).toEqual([
      ['ends', 7],
      ['begins', 8],
      ['ends', 8],
    ])
  })

  it('is a reminder once where two of the same time are asked for', () => {
    expect(dutyEvents(two, BEN, [HOUR, HOUR], from, TUESDAY.start - 1)).toHaveLength(1)
  })
})

describe('the next that is due', () => {
  it('is the first after an instant, and none beyond the look-ahead', () => {
    const first = TUESDAY.start - HOUR
    expect(nextDutyAt(two, BEN, [HOUR], first - DUTY_LOOK_AHEAD)).toBe(first)
    expect(nextDutyAt(two, BEN, [HOUR], first - DUTY_LOOK_AHEAD - 1)).toBeNull()
    expect(nextDutyAt(two, BEN, [HOUR], first)).toBe(TUESDAY.start)
    expect(nextDutyAt(two, BEN, [HOUR], TUESDAY.end)).toBeNull()
  })

  it('is found for reminders longer before than the look-ahead', () => {
    const first = TUESDAY.start - 3 * DAY
    expect(nextDutyAt(two, BEN, [HOUR, 3 * DAY], first - DUTY_LOOK_AHEAD)).toBe(first)
  })
})

describe('the reminders whose time has come', () => {
  const dueAt = (now: Instant) => dueReminders(two, BEN, [HOUR, DAY], now).map(({ beforeMs }) => beforeMs)

  it('are those of shifts that have not begun', () => {
    expect(dueAt(TUESDAY.start - DAY - 1)).toEqual([])
    expect(dueAt(TUESDAY.start - DAY)).toEqual([DAY])
    expect(dueAt(TUESDAY.start - 1)).toEqual([DAY, HOUR])
    expect(dueAt(TUESDAY.start)).toEqual([])
  })
})

describe('of any schedules', () => {
  const given = fc.tuple(
    fc.array(scheduleAndInstants, { minLength: 1, maxLength: 2 }),
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.integer({ min: 0, max: 3 * DAY }), { maxLength: 3 }),
  )

  /** Shows `check` schedules, a user, reminders and instants in order. */
  function ofAny(check: (ask: (after: Instant, until: Instant) => DutyEvent[], instants: Instant[]) => void) {
    fc.assert(
      fc.property(given, ([several, userId, beforeMs]) => {
        const schedules = several.map(({ schedule }, id) => ({ id, schedule }))
        const ask = (after: Instant, until: Instant) => dutyEvents(schedules, userId, beforeMs, after, until)
        check(ask, several[0]?.instants ?? [])
      }),
      { numRuns: 50 },
    )
  }

  it('each is told once, however often one asks', () => {
    ofAny((ask, instants) => {
      const parts = instants.slice(1).flatMap((until, index) => ask(instants[index] as Instant, until))
      const key = (event: DutyEvent) => JSON.stringify(event)
      const whole = ask(instants[0] as Instant, instants.at(-1) as Instant)
      expect(parts.map(key).sort()).toEqual(whole.map(key).sort())
      expect(whole.map((event) => event.at)).toEqual(whole.map((event) => event.at).sort((a, b) => a - b))
    })
  })

  it('a begin and an end name who is on call on the other side', () => {
    fc.assert(
      fc.property(scheduleAndInstants, fc.integer({ min: 1, max: 4 }), ({ schedule, instants }, userId) => {
        const events = dutyEvents(
          [{ id: 1, schedule }],
          userId,
          [HOUR],
          instants[0] as Instant,
          instants.at(-1) as Instant,
        )
        for (const event of events) {
          if (event.type === 'reminder') expect(event.at).toBe(event.start - HOUR)
          if (event.type === 'begins') {
            expect([onCallAt(schedule, event.at - 1), onCallAt(schedule, event.at)]).toEqual([event.other, userId])
          }
          if (event.type === 'ends') {
            expect([onCallAt(schedule, event.at - 1), onCallAt(schedule, event.at)]).toEqual([userId, event.other])
          }
        }
      }),
    )
  })
})

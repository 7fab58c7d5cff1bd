import fc from 'fast-check'
import type { Instant, Interval, Layer, RecurringSchedule, Restriction, Schedule, Shift } from './model.ts'
import { DAY, HOUR, WEEK } from './wall-time.ts'

/** Instants at which clocks changed: an hour, half an hour, at midnight, within Ramadan, a whole day; and one that is like any other. */
export const CHANGES = [
  { timeZone: 'Europe/Berlin', at: '2025-03-30T01:00Z' },
  { timeZone: 'Europe/Berlin', at: '2025-10-26T01:00Z' },
  { timeZone: 'America/New_York', at: '2025-03-09T07:00Z' },
  { timeZone: 'America/New_York', at: '2025-11-02T06:00Z' },
  { timeZone: 'Australia/Lord_Howe', at: '2025-04-05T15:00Z' },
  { timeZone: 'Australia/Lord_Howe', at: '2025-10-04T15:30Z' },
  { timeZone: 'America/Sao_Paulo', at: '2017-10-15T03:00Z' },
  { timeZone: 'Africa/Casablanca', at: '2025-02-23T02:00Z' },
  { timeZone: 'Pacific/Apia', at: '2011-12-30T10:00Z' },
  { timeZone: 'Asia/Kathmandu', at: '2025-06-01T00:00Z' },
].map(({ timeZone, at }) => ({ timeZone, at: Date.parse(at) }))

export type Change = (typeof CHANGES)[number]

const CLOCK_TIMES = ['00:00', '00:30', '01:30', '01:45', '02:00', '02:15', '02:30', '03:00', '08:00', '20:00', '23:30']
const time = fc.constantFrom(...CLOCK_TIMES)
const day = fc.integer({ min: 1, max: 7 })
const userId = fc.integer({ min: 1, max: 4 })

const restriction: fc.Arbitrary<Restriction> = fc.oneof(
  fc.record({ from: fc.record({ time }), to: fc.record({ time }) }),
  fc.record({ from: fc.record({ day, time }), to: fc.record({ day, time }) }),
)

/** A wall-clock time so many days around a date. */
function wallClock(around: number, min: number, max: number): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min, max }), time)
    .map(([days, at]) => `${new Date(around + days * DAY).toISOString().slice(0, 10)}T${at}`)
}

export function layer({ at }: Change): fc.Arbitrary<Layer> {
  return fc.record({
    name: fc.constant('Layer'),
    start: wallClock(at, -35, 5),
    end: fc.option(wallClock(at, -9, 9), { freq: 3 }),
    users: fc.array(userId, { minLength: 1, maxLength: 4 }),
    turnOffset: fc.option(fc.nat(3), { nil: undefined }),
    rotation: fc.record({
      unit: fc.constantFrom('hour', 'day', 'week', 'month'),
      every: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 9 })),
    }),
    restrictions: fc.array(restriction, { maxLength: 3 }),
    window: fc.option(windowAround(at), { nil: undefined, freq: 3 }),
  })
}

function windowAround(at: Instant): fc.Arbitrary<Interval> {
  const hours = fc.integer({ min: -10 * 24, max: 10 * 24 })
  return fc
    .tuple(hours, fc.integer({ min: 0, max: 10 * 24 }))
    .map(([start, length]) => ({ start: at + start * HOUR, end: at + (start + length) * HOUR }))
}

function placedShift({ at }: Change): fc.Arbitrary<Shift> {
  return fc
    .tuple(userId, fc.integer({ min: -10 * 24, max: 10 * 24 }), fc.integer({ min: 1, max: 4 * DAY }))
    .map(([userId, hours, length]) => ({ userId, start: at + hours * HOUR, end: at + hours * HOUR + length }))
}

function recurringAround(change: Change): fc.Arbitrary<RecurringSchedule> {
  return fc.record({
    type: fc.constant('recurring'),
    timeZone: fc.constant(change.timeZone),
    layers: fc.array(layer(change), { maxLength: 3 }),
    overrides: fc.array(placedShift(change), { maxLength: 4 }),
  })
}

function staticAround(change: Change): fc.Arbitrary<Schedule> {
  return fc.record({
    type: fc.constant('static'),
    timeZone: fc.constant(change.timeZone),
    shifts: fc.array(placedShift(change), { maxLength: 8 }),
    overrides: fc.array(placedShift(change), { maxLength: 4 }),
  })
}

export const change = fc.constantFrom(...CHANGES)

export const recurringSchedule = change.chain((change) =>
  fc.record({ change: fc.constant(change), schedule: recurringAround(change) }),
)

/** Far from a change, or within the hours that it skips or repeats. */
export function instantAround({ at }: Change): fc.Arbitrary<Instant> {
  return fc.oneof(
    fc.integer({ min: at - 2 * WEEK, max: at + 2 * WEEK }),
    fc.integer({ min: -24, max: 24 }).map((quarters) => at + (quarters * HOUR) / 4),
  )
}

/** A schedule and some instants around a change of its zone's clocks, sorted. */
export const scheduleAndInstants = change.chain((change) =>
  fc.record({
    schedule: fc.oneof(
      { weight: 4, arbitrary: recurringAround(change) },
      { weight: 1, arbitrary: staticAround(change) },
    ),
    instants: fc
      .array(instantAround(change), { minLength: 3, maxLength: 12 })
      .map((instants) => instants.sort((a, b) => a - b)),
  }),
)

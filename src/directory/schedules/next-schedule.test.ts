import fc from 'fast-check'
import { describe, it } from 'vitest'
import { LIMITS } from '../../limits.ts'
import type { Instant, Schedule, Shift } from '../../on-call/model.ts'
import { onCallAt, shifts } from '../../on-call/on-call.ts'
import { CHANGES, layer } from '../../on-call/random-schedule.fixtures.ts'
import { DAY, HOUR } from '../../on-call/wall-time.ts'
import { compileFrom, compileSchedule } from './compiled-schedule.ts'
import type { LayerFields } from './next-layers.ts'
import { nextSchedule, type ScheduleContent, type ScheduleFields } from './next-schedule.ts'

const NOW = Date.parse('2026-03-04T12:00:00Z')
const PLAIN = { name: 'Primary', timezone: 'UTC', showGaps: true, defaultShiftDuration: null }

const recurring = (...layers: LayerFields[]): ScheduleFields => ({ ...PLAIN, type: 'RECURRING', layers, shifts: null })
const placed = (...wanted: Shift[]): ScheduleFields => ({ ...PLAIN, type: 'STATIC', layers: null, shifts: wanted })
const daily = (users: number[], fields: Partial<LayerFields> = {}): LayerFields => {
  return { name: 'Days', start: '2026-03-01T08:00', users, rotation: { unit: 'day', every: 1 }, ...fields }
}
const onCall = (content: ScheduleContent, at: Instant) => onCallAt(compileSchedule(content, []), at)
const days = (content: ScheduleContent, from: Instant, count: number) =>
  Array.from({ length: count }, (_, day) => onCall(content, from + day * DAY))

describe('a change of layers', () => {
  const before = nextSchedule(null, recurring(daily([1, 2, 3])), NOW)

  it('keeps who is on call, and goes on in the order', ({ expect }) => {
    expect(days(before, NOW, 4)).toEqual([1, 2, 3, 1])
    const without = nextSchedule(before, recurring(daily([1, 3])), NOW)
    expect(days(without, NOW, 4)).toEqual([1, 3, 1, 3])
    const joined = nextSchedule(without, recurring(daily([4, 1, 3])), NOW + DAY)
    expect(days(joined, NOW + DAY, 4)).toEqual([3, 4, 1, 3])
    expect(days(joined, NOW - 3 * DAY, 5)).toEqual([1, 2, 3, 1, 3])
  })

  it('takes an offset that is sent back as it was read for none', ({ expect }) => {
    const [{ id, turnOffset } = { id: 0, turnOffset: 0 }] = before.layers
    const echoed = nextSchedule(before, recurring(daily([2, 1, 3], { id, turnOffset: turnOffset as number })), NOW)
    expect(onCall(echoed, NOW)).toBe(1)
    const chosen = nextSchedule(before, recurring(daily([1, 2, 3], { id, turnOffset: 1 })), NOW)
    expect(days(chosen, NOW, 3)).toEqual([2, 3, 1])
    expect(() => nextSchedule(before, recurring(daily([1, 2], { turnOffset: 2 })), NOW)).toThrow(
      expect.objectContaining({ field: 'scheduleLayers[0].turnOffset' }),
    )
  })

  it('knows layers by id, else by name, and never uses an id again', ({ expect }) => {
    const two = nextSchedule(null, recurring(daily([1]), daily([2], { name: 'Nights' })), NOW)
    expect(two.layers.map(({ id, name }) => [id, name])).toEqual([
      [1, 'Days'],
      [2, 'Nights'],
    ])
    const renamed = nextSchedule(two, recurring(daily([2], { id: 2, name: 'Late' }), daily([1])), NOW + DAY)
    expect(renamed.layers.map(({ id, name }) => [id, name])).toEqual([
      [2, 'Late'],
      [1, 'Days'],
    ])
    const without = nextSchedule(renamed, recurring(daily([1])), NOW + 2 * DAY)
    const again = nextSchedule(without, recurring(daily([1]), daily([2], { name: 'Late' })), NOW + 3 * DAY)
    expect(again.layers.map(({ id }) => id)).toEqual([1, 3])
  })

  it('gives layers without a name one of their own', ({ expect }) => {
    const unnamed = { name: undefined }
    const content = nextSchedule(
      null,
      recurring(daily([1], { name: 'Layer 2' }), daily([2], unnamed), daily([3], unnamed)),
      NOW,
    )
    expect(content.layers.map(({ name }) => name)).toEqual(['Layer 2', 'Layer 3', 'Layer 4'])
    const again = nextSchedule(content, recurring(...content.layers.map((each) => ({ ...each, ...unnamed }))), NOW)
    expect(again).toEqual(content)
    const wrong = recurring(daily([1]), daily([2]))
    expect(() => nextSchedule(null, wrong, NOW)).toThrow(expect.objectContaining({ field: 'scheduleLayers[1].name' }))
    const twice = recurring(daily([1], { id: 1 }), daily([2], { id: 1, name: 'Nights' }))
    expect(() => nextSchedule(before, twice, NOW)).toThrow(expect.objectContaining({ field: 'scheduleLayers[1].id' }))
  })

  it('makes no past of what nobody was on call by', ({ expect }) => {
    const renamed = nextSchedule(
      before,
      { ...recurring(daily([1, 2, 3], { id: 1, name: 'Every day' })), name: 'Other' },
      NOW,
    )
    expect(renamed).toMatchObject({ name: 'Other', layers: [{ name: 'Every day' }], pastLayers: [] })
    let draft = nextSchedule(null, recurring(daily([1], { start: '2026-04-01T08:00' })), NOW)
    for (const user of [2, 3, 4])
      draft = nextSchedule(draft, recurring(daily([user], { start: '2026-04-01T08:00' })), NOW + user)
    expect(draft.pastLayers).toEqual([{ until: NOW + 4, layers: [] }])
    const earlier = nextSchedule(draft, recurring(daily([4], { start: '2026-01-01T08:00' })), NOW + HOUR)
    expect([onCall(earlier, NOW + HOUR - 1), onCall(earlier, NOW + HOUR)]).toEqual([null, 4])
  })

  it('forgets the oldest past rather than take what came later for it', ({ expect }) => {
    let content = before
    const changes = LIMITS.pastChangesPerSchedule + 3
    for (let hour = 1; hour <= changes; hour++) {
      content = nextSchedule(content, recurring(daily([hour % 2 ? 7 : 8])), NOW + hour * HOUR)
    }
    expect(content.pastLayers).toHaveLength(LIMITS.pastChangesPerSchedule + 1)
    expect(content.pastLayers[0]?.layers).toEqual([])
    expect(onCall(content, NOW + 2.5 * HOUR)).toBeNull()
    expect([4.5, 5.5, changes - 0.5].map((hours) => onCall(content, NOW + hours * HOUR))).toEqual([8, 7, 8])
  })
})

describe('a change of placed shifts', () => {
  const shift = (userId: number, start: number, end: number): Shift => ({
    userId,
    start: NOW + start * HOUR,
    end: NOW + end * HOUR,
  })
  const before = nextSchedule(null, placed(shift(1, 0, 10), shift(2, 10, 20)), NOW)
  const now = NOW + 5 * HOUR

  it('keeps what is over, and the part of a running shift that is', ({ expect }) => {
    expect(nextSchedule(before, placed(), now).shifts).toEqual([shift(1, 0, 5)])
    expect(nextSchedule(before, placed(shift(3, 2, 12)), now).shifts).toEqual([shift(1, 0, 5), shift(3, 5, 12)])
    expect(nextSchedule(before, placed(shift(1, 0, 8)), now).shifts).toEqual([shift(1, 0, 8)])
  })

  it('changes nothing when nothing is changed, whether what is over is sent or not', ({ expect }) => {
    const later = NOW + 15 * HOUR
    expect(nextSchedule(before, placed(shift(1, 0, 10), shift(2, 10, 20)), later)).toEqual(before)
    expect(nextSchedule(before, placed(shift(2, 10, 20)), later)).toEqual(before)
    expect(nextSchedule(before, { ...placed(), shifts: null, name: 'Other' }, later).shifts).toEqual(before.shifts)
  })

  it('refuses another past', ({ expect }) => {
    const wanted = placed(shift(2, 10, 20), shift(1, -5, -3))
    expect(() => nextSchedule(before, wanted, now)).toThrow(expect.objectContaining({ field: 'shifts[1].start' }))
  })
})

it('another type or zone is another schedule', ({ expect }) => {
  const before = nextSchedule(null, recurring(daily([1])), NOW)
  const elsewhere = { ...recurring(daily([1])), timezone: 'Europe/Berlin' }
  expect(() => nextSchedule(before, elsewhere, NOW)).toThrow(expect.objectContaining({ field: 'timezone' }))
  expect(() => nextSchedule(before, placed(), NOW)).toThrow(expect.objectContaining({ field: 'type' }))
})

describe('whatever is changed', () => {
  /** Wanted contents around a change of clocks, and when each is saved. */
  const edits = fc.constantFrom(...CHANGES).chain(({ timeZone, at }) => {
    const named = fc.array(layer({ timeZone, at }), { minLength: 1, maxLength: 3 }).map((layers) =>
      layers.map(({ window: _, turnOffset, ...fields }, index): LayerFields => {
        const offset = turnOffset === undefined ? {} : { turnOffset: turnOffset % fields.users.length }
        return { ...fields, name: `Layer ${index}`, ...offset }
      }),
    )
    const hour = fc.integer({ min: -60, max: 60 })
    const shift = fc
      .record({ userId: fc.integer({ min: 1, max: 4 }), start: hour, length: fc.integer({ min: 1, max: 99 }) })
      .map(({ userId, start, length }) => ({ userId, start: at + start * HOUR, end: at + (start + length) * HOUR }))
    const common = { ...PLAIN, timezone: timeZone }
    const layersWanted = fc.array(
      named.map((layers): ScheduleFields => ({ ...common, type: 'RECURRING', layers, shifts: null })),
      { minLength: 2, maxLength: 5 },
    )
    // Of the same shifts, in other orders and with other ends, so that some go on.
    const shiftsWanted = fc.array(shift, { maxLength: 6 }).chain((pool) =>
      fc.array(
        fc.tuple(fc.shuffledSubarray(pool), fc.constantFrom(0, 0, 12 * HOUR)).map(
          ([some, longer]): ScheduleFields => ({
            ...{ ...common, type: 'STATIC', layers: null },
            shifts: some.map((each) => ({ ...each, end: each.end + longer })),
          }),
        ),
        { minLength: 2, maxLength: 5 },
      ),
    )
    const wanted = fc.oneof(layersWanted, shiftsWanted)
    return fc.record({ at: fc.constant(at), wanted, hours: fc.uniqueArray(hour, { minLength: 5, maxLength: 5 }) })
  })

  it('the past stays, and what comes is what was wanted', ({ expect }) => {
    fc.assert(
      fc.property(edits, ({ at, wanted, hours }) => {
        const [from, to] = [at - 12 * DAY, at + 15 * DAY]
        hours.sort((a, b) => a - b)
        let before: ScheduleContent | null = null
        for (const [index, fields] of wanted.entries()) {
          const now = at + (hours[index] as number) * HOUR
          const asked: ScheduleFields = before
            ? { ...fields, shifts: fields.shifts?.filter(({ end }) => end > now) ?? null }
            : fields
          const after: ScheduleContent = nextSchedule(before, asked, now)
          const compiled = compileSchedule(after, [])
          if (before) expect(shifts(compiled, from, now)).toEqual(shifts(compileSchedule(before, []), from, now))
          const alone: Schedule =
            asked.shifts === null
              ? compileFrom({ ...after, pastLayers: [] }, [], now, 99)
              : { type: 'static', timeZone: fields.timezone, shifts: asked.shifts, overrides: [] }
          expect(shifts(compiled, now, to)).toEqual(shifts(alone, now, to))
          before = after
          const asRead = { ...asked, layers: after.layers, shifts: asked.shifts && after.shifts }
          expect(nextSchedule(after, asRead, now)).toEqual(after)
        }
      }),
      { numRuns: 300 },
    )
  })
})

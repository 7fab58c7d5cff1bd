import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { continueTurns } from './continue-turns.ts'
import type { Instant, Layer, Shift } from './model.ts'
import { shifts } from './on-call.ts'
import { change, instantAround, layer as layerAround } from './random-schedule.fixtures.ts'
import { WEEK } from './wall-time.ts'

const [ANA, BEN, CYD, DEE] = [1, 2, 3, 4]
const ZONE = 'Europe/Berlin'
/** In the week of the second of the list. */
const NOW = Date.parse('2025-03-12T12:00Z')

function layer(users: number[], changes: Partial<Layer> = {}): Layer {
  return { name: 'Layer', start: '2025-03-03T08:00', users, rotation: { unit: 'week', every: 1 }, ...changes }
}

function continued(before: Layer, after: Layer, timeZone: string, at: Instant): Layer {
  return { ...after, turnOffset: continueTurns(before, after, timeZone, at) }
}

/** What a layer says from an instant on, as if it had no restrictions and no end. */
function turnsOf({ restrictions: _, end: __, window: ___, ...layer }: Layer, timeZone: string, at: Instant): Shift[] {
  return shifts({ type: 'recurring', timeZone, layers: [layer], overrides: [] }, at, at + 20 * WEEK)
}

/** Who has the turn in the present week and in those that follow. */
function weeks(before: Layer, after: Layer, count: number, at = NOW): (number | undefined)[] {
  const turns = turnsOf(continued(before, after, ZONE, at), ZONE, at)
  return Array.from({ length: count }, (_, week) => {
    const instant = at + week * WEEK
    return turns.find(({ start, end }) => start <= instant && instant < end)?.userId
  })
}

describe('a changed list goes on with whose turn it is', () => {
  it.each<[string, number[], number[], number[]]>([
    ['somebody joins at the end', [ANA, BEN, CYD], [ANA, BEN, CYD, DEE], [BEN, CYD, DEE, ANA]],
    ['somebody joins in front', [ANA, BEN, CYD], [DEE, ANA, BEN, CYD], [BEN, CYD, DEE, ANA]],
    ['somebody else leaves', [ANA, BEN, CYD], [BEN, CYD], [BEN, CYD, BEN]],
    ['they leave: the next of the old order', [ANA, BEN, CYD], [ANA, CYD], [CYD, ANA, CYD]],
    ['they and the next leave', [ANA, BEN, CYD, DEE], [ANA, DEE], [DEE, ANA, DEE]],
    ['all leave: the first of the new list', [ANA, BEN], [DEE, CYD], [DEE, CYD, DEE]],
    ['the list is put in another order', [ANA, BEN, CYD], [CYD, BEN, ANA], [BEN, ANA, CYD]],
    ['all have left and nobody is left', [ANA, BEN], [], []],
    ['there was nobody', [], [ANA, BEN], [BEN, ANA]],
  ])('%s', (_, before, after, expected) => {
    expect(weeks(layer(before), layer(after), expected.length)).toEqual(expected)
  })

  it('has the turn after which the others follow as before, where somebody has several', () => {
    const third = NOW + WEEK
    const before = layer([ANA, BEN, ANA, CYD])
    expect(weeks(before, layer([ANA, DEE, BEN, ANA, CYD]), 5, third)).toEqual([ANA, CYD, ANA, DEE, BEN])
    expect(weeks(before, layer([ANA, CYD, ANA, BEN]), 4, third)).toEqual([ANA, CYD, ANA, BEN])
    expect(weeks(before, layer([ANA, BEN, DEE, ANA, DEE, CYD]), 6, third)).toEqual([ANA, DEE, CYD, ANA, BEN, DEE])
  })

  it('keeps the place in the list where every turn would do', () => {
    expect(continueTurns(layer([ANA, ANA, BEN, BEN]), layer([ANA, DEE, CYD, ANA]), ZONE, NOW - WEEK)).toBe(0)
  })
})

describe('a changed rotation goes on with whose turn it is', () => {
  it.each<[string, Partial<Layer>]>([
    ['by the day', { rotation: { unit: 'day', every: 1 } }],
    ['by twelve hours', { rotation: { unit: 'hour', every: 12 } }],
    ['begun years earlier', { start: '2019-01-01T00:00' }],
    ['begun just now', { start: '2025-03-12T13:00' }],
  ])('%s', (_, changes) => {
    const after = continued(layer([ANA, BEN, CYD]), layer([ANA, BEN, CYD], changes), ZONE, NOW)
    expect(
      turnsOf(after, ZONE, NOW)
        .slice(0, 3)
        .map(({ userId }) => userId),
    ).toEqual([BEN, CYD, ANA])
  })
})

describe('a layer that has not begun', () => {
  const before = layer([ANA, BEN], { start: '2025-06-02T08:00', turnOffset: 1 })

  it('begins as it was going to, where its turns are the same', () => {
    expect(continueTurns(before, { ...before, rotation: { unit: 'day', every: 1 } }, ZONE, NOW)).toBe(1)
  })

  it('begins with the first of a new list, and at a new start', () => {
    expect(continueTurns(before, { ...before, users: [BEN, ANA] }, ZONE, NOW)).toBe(0)
    expect(continueTurns(before, { ...before, start: '2025-06-09T08:00' }, ZONE, NOW)).toBe(0)
    expect(continueTurns(layer([ANA, BEN]), before, ZONE, NOW)).toBe(0)
    expect(continueTurns(before, layer([ANA, BEN]), ZONE, NOW)).toBe(0)
  })
})

const layerAndInstant = change.chain((change) =>
  fc.record({ timeZone: fc.constant(change.timeZone), before: layerAround(change), at: instantAround(change) }),
)

describe('of any layer', () => {
  it('an unchanged one says exactly what it said', () => {
    fc.assert(
      fc.property(layerAndInstant, ({ timeZone, before, at }) => {
        const after = continued(before, before, timeZone, at)
        expect(turnsOf(after, timeZone, at - 10 * WEEK)).toEqual(turnsOf(before, timeZone, at - 10 * WEEK))
      }),
    )
  })

  it('whoever has the turn keeps it, whatever else changes, if they are still in the list', () => {
    fc.assert(
      fc.property(layerAndInstant, layerAndInstant, ({ timeZone, before, at }, { before: other }) => {
        const [present] = turnsOf(before, timeZone, at)
        const after = continued(before, { ...other, start: before.start }, timeZone, at)
        const [first] = turnsOf(after, timeZone, at)
        fc.pre(present?.start === at && after.users.includes(present.userId))
        expect([first?.start, first?.userId]).toEqual([at, present?.userId])
      }),
    )
  })

  it('when somebody leaves, the others follow in the order in which they did', () => {
    fc.assert(
      fc.property(layerAndInstant, fc.integer({ min: 1, max: 4 }), ({ timeZone, before, at }, leaving) => {
        const users = before.users.filter((user) => user !== leaving)
        // Where a whole day was skipped, the turn of that day had no length.
        fc.pre(timeZone !== 'Pacific/Apia')
        fc.pre(users.length > 0 && turnsOf(before, timeZone, at)[0]?.start === at)
        const after = continued(before, { ...before, users }, timeZone, at)
        const order = (layer: Layer) => listed(layer, timeZone, at, before.users.length * 2)
        const remaining = order(before).filter((user) => user !== leaving)
        expect(order(after).slice(0, remaining.length)).toEqual(remaining)
      }),
    )
  })

  it('somebody new who leaves again at once has changed nothing, wherever they stood', () => {
    fc.assert(
      fc.property(layerAndInstant, fc.array(fc.nat(), { minLength: 1, maxLength: 2 }), (given, places) => {
        const { timeZone, before, at } = given
        const users = [...before.users]
        for (const place of places) users.splice(place % (users.length + 1), 0, 99)
        const joined = continued(before, { ...before, users }, timeZone, at)
        const left = continued(joined, before, timeZone, at)
        fc.pre(turnsOf(before, timeZone, at)[0]?.start === at)
        expect(turnsOf(left, timeZone, at)).toEqual(turnsOf(before, timeZone, at))
      }),
    )
  })
})

/** Who has the next turns, one by one: each turn has a name of its own, so that two in a row of one user are two. */
function listed(layer: Layer, timeZone: string, at: Instant, count: number): (number | undefined)[] {
  const { users } = layer
  const names = [...users, ...users].map((_, index) => index)
  return turnsOf({ ...layer, users: names }, timeZone, at)
    .slice(0, count)
    .map(({ userId }) => users[userId % users.length])
}

import { describe, expect, it } from 'vitest'
import type { Layer, RecurringSchedule, Schedule, Shift } from './model.ts'
import { gaps, layerShifts, nextHandOff, onCallAt, shifts } from './on-call.ts'

const [ANA, BEN, CYD] = [1, 2, 3]
const at = (text: string) => Date.parse(`${text}:00Z`)
const shift = (userId: number, start: string, end: string): Shift => ({ userId, start: at(start), end: at(end) })

function layer(changes: Partial<Layer> = {}): Layer {
  return {
    name: 'Layer',
    start: '2025-03-03T08:00',
    users: [ANA, BEN],
    rotation: { unit: 'week', every: 1 },
    ...changes,
  }
}

function schedule(layers: Layer[], overrides: Shift[] = []): RecurringSchedule {
  return { type: 'recurring', timeZone: 'Europe/Berlin', layers, overrides }
}

describe('a static schedule', () => {
  const placed: Schedule = {
    type: 'static',
    timeZone: 'Europe/Berlin',
    shifts: [
      shift(BEN, '2025-03-04T08:00', '2025-03-05T08:00'),
      shift(ANA, '2025-03-03T08:00', '2025-03-04T08:00'),
      shift(CYD, '2025-03-04T20:00', '2025-03-05T12:00'),
    ],
    overrides: [shift(ANA, '2025-03-05T10:00', '2025-03-05T11:00')],
  }

  it('has the shifts as they were placed, in any order, the later over the earlier and overrides over all', () => {
    expect(shifts(placed, at('2025-03-01T00:00'), at('2025-04-01T00:00'))).toEqual([
      shift(ANA, '2025-03-03T08:00', '2025-03-04T08:00'),
      shift(BEN, '2025-03-04T08:00', '2025-03-04T20:00'),
      shift(CYD, '2025-03-04T20:00', '2025-03-05T10:00'),
      shift(ANA, '2025-03-05T10:00', '2025-03-05T11:00'),
      shift(CYD, '2025-03-05T11:00', '2025-03-05T12:00'),
    ])
    expect(onCallAt(placed, at('2025-03-05T12:00'))).toBeNull()
  })

  it('is one lane, without its overrides', () => {
    expect(layerShifts(placed, at('2025-03-05T00:00'), at('2025-04-01T00:00'))).toEqual([
      [shift(CYD, '2025-03-05T00:00', '2025-03-05T12:00')],
    ])
  })
})

describe('lanes', () => {
  it('show each layer for itself, also where a later one or an override hides it', () => {
    const office = layer({
      users: [CYD],
      restrictions: [{ from: { day: 1, time: '09:00' }, to: { day: 1, time: '17:00' } }],
    })
    const both = schedule([layer(), office], [shift(BEN, '2025-03-10T00:00', '2025-03-11T00:00')])
    expect(layerShifts(both, at('2025-03-09T00:00'), at('2025-03-12T00:00'))).toEqual([
      [shift(ANA, '2025-03-09T00:00', '2025-03-10T07:00'), shift(BEN, '2025-03-10T07:00', '2025-03-12T00:00')],
      [shift(CYD, '2025-03-10T08:00', '2025-03-10T16:00')],
    ])
  })
})

describe('gaps', () => {
  it('are what nobody has, the head and the tail included', () => {
    const office = layer({ restrictions: [{ from: { time: '08:00' }, to: { time: '20:00' } }] })
    expect(gaps(schedule([office]), at('2025-03-02T00:00'), at('2025-03-04T00:00'))).toEqual([
      { start: at('2025-03-02T00:00'), end: at('2025-03-03T07:00') },
      { start: at('2025-03-03T19:00'), end: at('2025-03-04T00:00') },
    ])
  })

  it('are everything where there is no layer, and nothing in an interval without length', () => {
    const [from, to] = [at('2025-03-02T00:00'), at('2025-03-04T00:00')]
    expect(gaps(schedule([]), from, to)).toEqual([{ start: from, end: to }])
    expect(gaps(schedule([]), from, from)).toEqual([])
    expect(shifts(schedule([layer()]), to, from)).toEqual([])
  })
})

describe('a layer that was changed', () => {
  it('begins with the turn of whom it was made to begin with', () => {
    const second = schedule([layer({ users: [ANA, BEN, CYD], turnOffset: 1 })])
    const asked = ['2025-03-04', '2025-03-11', '2025-03-18', '2025-03-25'].map((day) => at(`${day}T00:00`))
    expect(asked.map((instant) => onCallAt(second, instant))).toEqual([BEN, CYD, ANA, BEN])
  })

  it('covers only its window, and keeps its turns there', () => {
    const change = at('2025-03-20T12:00')
    const before = layer({ window: { start: -8.64e15, end: change } })
    const after = layer({ users: [CYD], window: { start: change, end: 8.64e15 } })
    expect(shifts(schedule([before, after]), at('2025-03-11T00:00'), at('2025-04-01T00:00'))).toEqual([
      shift(BEN, '2025-03-11T00:00', '2025-03-17T07:00'),
      shift(ANA, '2025-03-17T07:00', '2025-03-20T12:00'),
      shift(CYD, '2025-03-20T12:00', '2025-04-01T00:00'),
    ])
  })
})

describe('in an hour that happens twice', () => {
  it('the hand-off is at its first pass and stands through the second', () => {
    const nightly = schedule([layer({ start: '2025-10-25T02:30', rotation: { unit: 'day', every: 1 } })])
    const asked = ['00:15', '00:30', '01:15', '01:30'].map((time) => onCallAt(nightly, at(`2025-10-26T${time}`)))
    expect(asked).toEqual([ANA, BEN, BEN, BEN])
  })
})

describe('the next hand-off', () => {
  it('is the end of the present shift, at a hand-off the end of the one that begins', () => {
    const now = at('2025-03-10T07:00')
    expect(nextHandOff(schedule([layer()]), now - 1)).toEqual({ at: now, from: ANA, to: BEN })
    expect(nextHandOff(schedule([layer()]), now)).toEqual({ at: at('2025-03-17T07:00'), from: BEN, to: ANA })
  })

  it('passes over turns of the same user', () => {
    const weighted = schedule([layer({ users: [ANA, ANA, ANA, BEN] })])
    expect(nextHandOff(weighted, at('2025-03-04T00:00'))).toEqual({ at: at('2025-03-24T07:00'), from: ANA, to: BEN })
  })

  it('says when somebody begins, and when nobody follows', () => {
    const march = schedule([layer({ users: [ANA], end: '2025-04-01T00:00' })])
    const [start, end] = [at('2025-03-03T07:00'), at('2025-03-31T22:00')]
    expect(nextHandOff(march, at('2024-06-01T00:00'))).toEqual({ at: start, from: null, to: ANA })
    expect(nextHandOff(march, start)).toEqual({ at: end, from: ANA, to: null })
    expect(nextHandOff(march, end)).toBeNull()
  })

  it('is found years ahead, and is none for one person around the clock', () => {
    const biennial = schedule([layer({ rotation: { unit: 'month', every: 24 } })])
    expect(nextHandOff(biennial, at('2025-03-04T00:00'))?.at).toBe(at('2027-03-03T07:00'))
    expect(nextHandOff(schedule([layer({ users: [ANA] })]), at('2025-03-04T00:00'))).toBeNull()
  })
})

describe('what nobody should send', () => {
  it('a layer without users covers nothing, and an override without length does nothing', () => {
    const now = at('2025-03-04T00:00')
    const empty = schedule([layer(), layer({ users: [] })], [shift(CYD, '2025-03-04T00:00', '2025-03-04T00:00')])
    expect(onCallAt(empty, now)).toBe(ANA)
  })

  it('a layer that ends before it starts covers nothing', () => {
    const now = at('2025-03-04T00:00')
    expect(onCallAt(schedule([layer({ end: '2025-03-02T00:00' })]), now)).toBeNull()
  })

  it('an empty list of restrictions restricts nothing', () => {
    expect(onCallAt(schedule([layer({ restrictions: [] })]), at('2025-03-04T00:00'))).toBe(ANA)
  })

  it('a restriction from a time of the week to the same is the whole week', () => {
    const always = layer({ restrictions: [{ from: { day: 3, time: '12:00' }, to: { day: 3, time: '12:00' } }] })
    expect(gaps(schedule([always]), at('2025-03-10T00:00'), at('2025-06-10T00:00'))).toEqual([])
  })
})

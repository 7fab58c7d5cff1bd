import { describe, expect, it } from 'vitest'
import type { Schedule } from '../../../../api/schemas/schedule.ts'
import { copyOf, draftOf, emptyDraft, newDraft, newLayer, newShift, sorted } from './draft.ts'
import { draftSchema } from './draft-schema.ts'

const NOW = Date.parse('2026-10-23T12:00:00Z')
const ZONE = 'Europe/Berlin'

const about = {
  ...{ id: 7, name: 'Web team', timezone: ZONE, showGaps: false, version: 3 },
  ...{ defaultShiftDuration: null, escalationPolicies: [] },
}

describe('a schedule that is opened and sent back', () => {
  it('says the same, if it is a rotation', () => {
    const layer = {
      ...{ id: 2, name: 'Days', startsOn: '2026-03-02T08:00:30', endsOn: '2027-01-01T08:00', turnOffset: 1 },
      ...{ users: [{ id: 1 }, { id: 2 }, { id: 1 }], rotation: 'P7D', restrictionType: 'TIMES_OF_DAY' as const },
      restrictions: [{ from: { time: '08:00' }, to: { time: '18:00' } }],
    }
    const schedule: Schedule = { ...about, type: 'RECURRING', scheduleLayers: [layer] }
    const { turnOffset: _, restrictionType: __, ...same } = layer
    expect(draftSchema([layer]).parse(draftOf(schedule, NOW))).toEqual({
      ...{ name: 'Web team', timezone: ZONE, type: 'RECURRING', showGaps: false },
      scheduleLayers: [same],
    })
  })

  it('says the same of what is to come, if it is placed by hand', () => {
    const shift = (start: string, end: string) => ({ user: { id: 1 }, start, end })
    const over = shift('2026-10-01T08:00:00Z', '2026-10-08T08:00:00Z')
    const running = shift('2026-10-20T08:00:00Z', '2026-10-27T08:00:00Z')
    const schedule: Schedule = { ...about, type: 'STATIC', shifts: [over, running] }
    expect(draftSchema([]).parse(draftOf(schedule, NOW))).toMatchObject({ type: 'STATIC', shifts: [running] })
  })
})

describe('what is missing', () => {
  const errorsOf = (draft: unknown) =>
    draftSchema([])
      .safeParse(draft)
      .error?.issues.map(({ path }) => path.join('.'))

  it('is named by its field in a layer', () => {
    const draft = newDraft(ZONE, '')
    expect(errorsOf(draft)).toEqual(['name', 'scheduleLayers.0.startsOn', 'scheduleLayers.0.users'])
  })

  it('is named by its field in a shift', () => {
    const draft = { ...emptyDraft(ZONE), name: 'Web', shifts: [{ key: '1', user: null, start: '', end: '' }] }
    expect(errorsOf(draft)).toEqual(['shifts.0.user', 'shifts.0.start', 'shifts.0.end'])
  })

  it('is not asked for in the part of the other type', () => {
    const layers = [newLayer('')]
    const draft = { ...emptyDraft(ZONE), name: 'Web', scheduleLayers: layers }
    expect(errorsOf(draft)).toBeUndefined()
  })
})

describe('a copy of a layer', () => {
  it('is a layer of its own, with a name of its own that is not too long', () => {
    const layer = { ...newLayer('2026-03-02T08:00'), id: 2, users: [1, 2], name: 'Days' }
    const copy = copyOf(layer, 1)
    expect(copy).toMatchObject({ name: 'Days (copy)', users: [1, 2], startsOn: '2026-03-02T08:00' })
    expect(copy).not.toHaveProperty('id')
    expect(copy.key).not.toBe(layer.key)
    expect(copyOf({ ...layer, name: '' }, 3).name).toBe('Layer 3 (copy)')
    expect(copyOf({ ...layer, name: 'x'.repeat(100) }, 1).name).toHaveLength(100)
  })
})

describe('a new shift', () => {
  it('begins at the next full hour', () => {
    const shift = newShift([], 'PT12H', ZONE, NOW + 60_000)
    expect(shift).toMatchObject({ start: '2026-10-23T13:00:00.000Z', end: '2026-10-24T01:00:00.000Z' })
  })

  it('follows the last one, and ends at the same time of day although the clock is set in between', () => {
    const last = { key: '1', user: 1, start: '2026-10-22T06:00:00Z', end: '2026-10-24T06:00:00Z' }
    const earlier = { key: '2', user: 1, start: '2026-10-22T06:00:00Z', end: '2026-10-23T20:00:00Z' }
    expect(newShift([last, earlier], 'P1W', ZONE, NOW)).toMatchObject({
      start: '2026-10-24T06:00:00.000Z',
      end: '2026-10-31T07:00:00.000Z',
    })
  })
})

it('sorts by the start, keeps the order of those that begin together, and leaves what is being typed at the end', () => {
  const shift = (key: string, start: string) => ({ key, user: 1, start, end: '' })
  const shifts = [shift('typing', ''), shift('b', '2026-11-02'), shift('a', '2026-11-01'), shift('c', '2026-11-02')]
  expect(sorted(shifts).map(({ key }) => key)).toEqual(['a', 'b', 'c', 'typing'])
})

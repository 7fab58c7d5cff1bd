import { describe, expect, it } from 'vitest'
import { type Draft, emptyDraft, type LayerDraft, newLayer } from './draft.ts'
import { mergedDraft } from './merged-draft.ts'

const layer = (id: number | undefined, name: string, changes: Partial<LayerDraft> = {}): LayerDraft => ({
  ...newLayer('2026-03-02T08:00'),
  ...(id !== undefined && { id }),
  ...{ name, users: [1, 2] },
  ...changes,
})
const rotation = (...scheduleLayers: LayerDraft[]): Draft => ({
  ...{ ...emptyDraft('Europe/Berlin'), name: 'Web', type: 'RECURRING' },
  scheduleLayers,
})
const namesIn = ({ scheduleLayers }: Draft) => scheduleLayers.map(({ name }) => name)

describe('after somebody else has saved', () => {
  it('what I have not touched is theirs', () => {
    const theirs = { ...rotation(layer(1, 'Days', { users: [3] })), name: 'Website', showGaps: false }
    const merged = mergedDraft(rotation(layer(1, 'Days')), rotation(layer(1, 'Days')), theirs)
    expect(merged).toMatchObject({ name: 'Website', showGaps: false, scheduleLayers: [{ name: 'Days', users: [3] }] })
  })

  it('what I have changed stays mine, field by field', () => {
    const mine = { ...rotation(layer(1, 'Days', { users: [2, 1] }), layer(2, 'Nights')), name: 'Mine' }
    const base = rotation(layer(1, 'Days'), layer(2, 'Nights'))
    const theirs = rotation(layer(1, 'Workdays', { users: [3] }), layer(2, 'Nights', { rotation: 'P1D' }))
    expect(mergedDraft(mine, base, theirs)).toMatchObject({
      name: 'Mine',
      scheduleLayers: [
        { key: mine.scheduleLayers[0]?.key, id: 1, name: 'Workdays', users: [2, 1] },
        { key: mine.scheduleLayers[1]?.key, id: 2, name: 'Nights', rotation: 'P1D' },
      ],
    })
  })

  it('layers that either of us added or removed are added or removed', () => {
    const base = rotation(layer(1, 'Days'), layer(2, 'Nights'), layer(3, 'Weekends'))
    const mine = rotation(layer(2, 'Nights'), layer(3, 'Weekends'), layer(undefined, 'Mine'))
    const theirs = rotation(layer(1, 'Days'), layer(2, 'Nights'), layer(4, 'Theirs'))
    expect(namesIn(mergedDraft(mine, base, theirs))).toEqual(['Nights', 'Mine', 'Theirs'])
  })

  it('a layer that they removed and I have changed stays', () => {
    const mine = rotation(layer(1, 'Days'), layer(2, 'Nights', { users: [4] }))
    const merged = mergedDraft(mine, rotation(layer(1, 'Days'), layer(2, 'Nights')), rotation(layer(1, 'Days')))
    expect(namesIn(merged)).toEqual(['Days', 'Nights'])
  })

  it('the order is theirs, unless I have changed it', () => {
    const [days, nights, weekends] = [layer(1, 'Days'), layer(2, 'Nights'), layer(3, 'Weekends')]
    const base = rotation(days, nights, weekends)
    const theirs = rotation(weekends, days, nights)
    expect(namesIn(mergedDraft(base, base, theirs))).toEqual(['Weekends', 'Days', 'Nights'])
    expect(namesIn(mergedDraft(rotation(nights, days, weekends), base, theirs))).toEqual(['Nights', 'Days', 'Weekends'])
  })

  it('shifts that either of us added or removed are added or removed', () => {
    const shift = (key: string, user: number, day: number) => ({ key, user, start: `2026-12-0${day}`, end: '' })
    const placed = (...shifts: Draft['shifts']): Draft => ({ ...emptyDraft('UTC'), shifts })
    const base = placed(shift('a', 1, 1), shift('b', 2, 2), shift('c', 3, 3))
    const mine = placed(shift('a', 1, 1), shift('c', 3, 3), shift('d', 4, 4))
    const theirs = placed(shift('x', 2, 2), shift('y', 3, 3), shift('z', 5, 5))
    expect(mergedDraft(mine, base, theirs).shifts.map(({ user }) => user)).toEqual([3, 5, 4])
  })
})

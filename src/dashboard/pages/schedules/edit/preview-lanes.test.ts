import { describe, expect, it } from 'vitest'
import type { RenderedSchedule } from '../../../../api/schemas/schedule.ts'
import { DAY, HOUR, WEEK } from '../../../../on-call/wall-time.ts'
import { previewAxis, previewLanes, previewSpan } from './preview-lanes.ts'

const ZONE = 'Europe/Berlin'
const NOW = Date.parse('2026-10-21T12:00:00Z')
const [ann, ben] = [
  { id: 1, firstName: 'Ann', lastName: 'Smith' },
  { id: 2, firstName: 'Ben', lastName: 'Okafor' },
]

const rendered = (weeks: number, changes: Partial<RenderedSchedule> = {}): RenderedSchedule => {
  const span = previewSpan(NOW, weeks, ZONE)
  return { timezone: ZONE, ...span, layers: [], overrides: [], final: [], gaps: [], ...changes }
}
const previewOf = (before: RenderedSchedule | null, after: RenderedSchedule) => ({
  ...{ before, after, changes: [], version: 1 },
})

describe('what is drawn', () => {
  it.for([2, 4, 8])('is exactly what was asked for, of %d weeks', (weeks) => {
    const { from, until } = previewSpan(NOW, weeks, ZONE)
    const { bands } = previewAxis(previewOf(null, rendered(weeks)))
    expect(from).toBe(new Date(NOW).toISOString())
    expect(bands).toHaveLength(weeks)
    expect(bands[0]?.start).toBe(Date.parse('2026-10-21T00:00:00+02:00'))
    expect(bands.at(-1)?.end).toBe(Date.parse(until))
  })

  it('has room for the week in which the clock is set back', () => {
    const { bands, scale } = previewAxis(previewOf(null, rendered(2)))
    const [first] = bands
    expect(first && first.end - first.start).toBe(WEEK + HOUR)
    expect(scale).toBe(WEEK + HOUR)
  })

  it('is who is on call before and after, with gaps', () => {
    const [from, noon] = [new Date(NOW).toISOString(), new Date(NOW + DAY).toISOString()]
    const before = rendered(2, { final: [{ user: ann, start: from, end: noon }] })
    const after = rendered(2, {
      final: [{ user: ben, start: from, end: noon }],
      gaps: [{ start: noon, end: before.until }],
    })
    const lanes = previewLanes(previewOf(before, after))
    expect(lanes.map(({ name, blocks }) => [name, ...blocks.map(({ user }) => user?.name ?? null)])).toEqual([
      ['Before', 'Ann Smith'],
      ['After', 'Ben Okafor', null],
    ])
    expect(lanes[1]?.blocks.every(({ lane }) => lane.name === 'After')).toBe(true)
  })

  it('is only the after of a new schedule', () => {
    expect(previewLanes(previewOf(null, rendered(2))).map(({ name }) => name)).toEqual(['On call'])
  })
})

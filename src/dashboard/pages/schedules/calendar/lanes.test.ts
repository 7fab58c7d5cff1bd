import { describe, expect, it } from 'vitest'
import type { RenderedSchedule } from '../../../../api/schemas/schedule.ts'
import { lanesOf, peopleIn, rowsOf } from './lanes.ts'

const ann = { id: 1, firstName: 'Ann', lastName: 'Smith' }
const ben = { id: 2, firstName: 'Ben', lastName: 'Okafor' }
const hour = (count: number) => new Date(Date.UTC(2026, 10, 25, count)).toISOString()
const override = (id: number, start: number, end: number) => ({
  id,
  user: ben,
  start: hour(start),
  end: hour(end),
  createdBy: null,
  coverageRequest: null,
  createdAt: hour(0),
})

const rendered: RenderedSchedule = {
  timezone: 'UTC',
  from: hour(0),
  until: hour(24),
  layers: [{ id: 1, name: 'Days', shifts: [{ user: ann, start: hour(0), end: hour(12) }] }],
  overrides: [],
  final: [
    { user: ann, start: hour(0), end: hour(12) },
    { user: ben, start: hour(18), end: hour(24) },
  ],
  gaps: [{ start: hour(12), end: hour(18) }],
}

const lane = (kind: string, schedule: RenderedSchedule) => {
  const found = lanesOf(schedule).find((each) => each.kind === kind)
  if (!found) throw new Error(`no lane ${kind}`)
  return found
}

describe('lanes', () => {
  it('go from the layers over the overrides to the result', () => {
    expect(lanesOf(rendered).map(({ name }) => name)).toEqual(['Days', 'Overrides', 'On call'])
  })

  it('have the gaps among who is on call, in order', () => {
    expect(lane('final', rendered).blocks.map(({ user }) => user?.name ?? 'nobody')).toEqual([
      'Ann Smith',
      'nobody',
      'Ben Okafor',
    ])
  })

  it('know which shifts may go on beyond what was asked for', () => {
    const ends = lane('final', rendered).blocks.map(({ openStart, openEnd }) => [openStart, openEnd])
    expect(ends).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ])
    const whole = lane('overrides', { ...rendered, overrides: [override(1, 0, 24)] }).blocks
    expect(whole).toMatchObject([{ openStart: false, openEnd: false }])
  })

  it('leave the gaps out of a schedule that does not show them', () => {
    const final = lanesOf(rendered, false).find(({ kind }) => kind === 'final')
    expect(final?.blocks.map(({ user }) => user?.name)).toEqual(['Ann Smith', 'Ben Okafor'])
  })

  it('put a newer override below what it beats, and others beside each other', () => {
    const { blocks } = lane('overrides', {
      ...rendered,
      overrides: [override(1, 10, 14), override(2, 16, 18), override(3, 12, 17), override(4, 2, 4)],
    })
    expect(blocks.map((block) => [block.override?.id, block.row])).toEqual([
      [4, 0],
      [1, 0],
      [3, 1],
      [2, 0],
    ])
    expect(rowsOf(blocks)).toBe(2)
  })

  it('know everybody who is named', () => {
    expect(peopleIn(lanesOf(rendered)).map(({ name }) => name)).toEqual(['Ann Smith', 'Ben Okafor'])
  })
})

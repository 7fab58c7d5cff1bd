import { describe, expect, it } from 'vitest'
import type { OnCall } from '../../../api/schemas/schedule.ts'
import { levelsNow } from './levels-now.ts'

const ANN = { id: 1, firstName: 'Ann', lastName: 'Smith' }
const PRIMARY = { id: 7, name: 'Primary' }
const POLICY = {
  id: 3,
  escalationRules: [
    { escalationTimeout: 5, users: [], schedules: [PRIMARY] },
    { escalationTimeout: 5, users: [ANN], schedules: [] },
  ],
}
const SHIFT = { user: ANN, start: '2026-11-29T02:00:00.000Z', end: '2026-11-30T02:00:00.000Z' }

const onCall = (policy: number, escalationLevel: number, schedule: OnCall['schedule']): OnCall => ({
  ...SHIFT,
  escalationPolicy: { id: policy, name: 'Web' },
  schedule,
  escalationLevel,
})

describe('the levels of a policy now', () => {
  it('have those on call at each level of this policy', () => {
    const primary = { ...PRIMARY, type: 'RECURRING' as const }
    const all = [onCall(3, 1, primary), onCall(3, 2, null), onCall(4, 1, primary)]
    const levels = levelsNow(POLICY, all, [{ id: 7, currentShift: SHIFT }])
    expect(levels.map(({ users }) => users)).toEqual([
      [{ user: ANN, schedule: primary, until: SHIFT.end }],
      [{ user: ANN, schedule: null, until: SHIFT.end }],
    ])
    expect(levels.flatMap(({ emptySchedules }) => emptySchedules)).toEqual([])
  })

  it('name the schedules for which nobody is on call', () => {
    const levels = levelsNow(POLICY, [], [{ id: 7, currentShift: null }])
    expect(levels.map(({ emptySchedules }) => emptySchedules)).toEqual([[PRIMARY], []])
  })
})

import { describe, it } from 'vitest'
import type { ResponsePlan } from '../incidents/model.ts'
import type { SupportHours } from '../support-hours/model.ts'
import type { AlertSourceConfig } from './config.ts'
import { aConfig, anEvent, MINUTE, NOON } from './event.fixtures.ts'
import { effectivePriority, openingOf } from './opening.ts'

/** NOON is a Monday's. */
const OFFICE: SupportHours = {
  id: 1,
  name: 'Office',
  timezone: 'UTC',
  supportDays: { MONDAY: { start: '09:00', end: '17:00' }, TUESDAY: { start: '09:00', end: '17:00' } },
  exceptions: [],
}
const NIGHT = NOON + 10 * 60 * MINUTE
const TUESDAY_AT_NINE = NOON + 21 * 60 * MINUTE

function byHours(during: 'HIGH' | 'LOW', given: Partial<AlertSourceConfig> = {}): AlertSourceConfig {
  return aConfig({ priority: { type: 'by-support-hours', during, hours: OFFICE }, ...given })
}

describe('the priority of an incident', () => {
  it.for([
    ['HIGH', null, 'HIGH'],
    ['HIGH', 'HIGH', 'HIGH'],
    ['HIGH', 'LOW', 'LOW'],
    ['LOW', null, 'LOW'],
    ['LOW', 'HIGH', 'LOW'],
    ['LOW', 'LOW', 'LOW'],
  ] as const)('at a source of %s, of an event of %s, is %s', ([fixed, priority, effective], { expect }) => {
    const config = aConfig({ priority: { type: 'fixed', priority: fixed } })
    expect(effectivePriority(anEvent({ priority }), config, NOON)).toBe(effective)
  })

  it.for([
    ['HIGH', NOON, 'HIGH'],
    ['HIGH', NIGHT, 'LOW'],
    ['LOW', NOON, 'LOW'],
    ['LOW', NIGHT, 'HIGH'],
  ] as const)(
    'that is %s during support hours is, at %i, %s, whatever the event says',
    ([during, at, effective], { expect }) => {
      expect(effectivePriority(anEvent({ priority: 'LOW' }), byHours(during), at)).toBe(effective)
      expect(effectivePriority(anEvent({ priority: 'HIGH' }), byHours(during), at)).toBe(effective)
    },
  )

  it('is what a rule chose, whatever the source says', ({ expect }) => {
    const config = aConfig({ priority: { type: 'fixed', priority: 'LOW' } })
    expect(openingOf(anEvent(), config, NOON, { priority: 'HIGH', escalationPolicyId: null }).priority).toBe('HIGH')
  })
})

describe('an incident that is LOW at night', () => {
  it('is raised when the support hours begin, where the source says so', ({ expect }) => {
    const raising = byHours('HIGH', { raiseAtSupportHours: true })
    expect(openingOf(anEvent(), raising, NIGHT).raiseAt).toBe(TUESDAY_AT_NINE)
    expect(openingOf(anEvent(), raising, NOON).raiseAt).toBeNull()
    expect(openingOf(anEvent(), byHours('HIGH'), NIGHT).raiseAt).toBeNull()
  })
})

describe('the policy of an incident', () => {
  const other: ResponsePlan = { ...aConfig().plan, policyId: 8, policyName: 'Database' }

  it('is the one that a rule chose, or the source’s own where that one is gone', ({ expect }) => {
    const config = aConfig({ plans: { 8: other } })
    const policyOf = (escalationPolicyId: number | null) =>
      openingOf(anEvent(), config, NOON, { priority: null, escalationPolicyId }).plan.policyName
    expect([policyOf(8), policyOf(9), policyOf(null)]).toEqual(['Database', 'Web', 'Web'])
  })
})

import type { EscalationPolicy } from '../../../api/schemas/escalation-policy.ts'
import type { OnCall, Schedule } from '../../../api/schemas/schedule.ts'
import type { PolicyOnCall } from '../../../api/schemas/simulation.ts'

/** The levels of one policy with those of everybody on call who are at it, and its schedules that have nobody. */
export function levelsNow(
  { id, escalationRules }: Pick<EscalationPolicy, 'id' | 'escalationRules'>,
  onCalls: OnCall[],
  schedules: Pick<Schedule, 'id' | 'currentShift'>[],
): PolicyOnCall['levels'] {
  const empty = new Set(schedules.flatMap((schedule) => (schedule.currentShift ? [] : schedule.id)))
  return escalationRules.map((rule, index) => ({
    level: index + 1,
    users: onCalls
      .filter(({ escalationPolicy, escalationLevel }) => escalationPolicy.id === id && escalationLevel === index + 1)
      .map(({ user, schedule, end }) => ({ user, schedule, until: end })),
    emptySchedules: rule.schedules.filter((schedule) => empty.has(schedule.id)),
  }))
}

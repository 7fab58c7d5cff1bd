import { escalatesAt } from './hold.ts'
import { membersOf } from './level-members.ts'
import type { IncidentState, LevelMember } from './model.ts'

/**
 * Whom each level of an incident's plan reaches, for people to look at: of the present one who was paged, of those to come
 * who will be when they are due if nobody answers, and otherwise who would be now.
 */
export function outlook(state: IncidentState, now: number): LevelMember[][] {
  const { plan, escalation, status } = state
  const { level: present, paged } = escalation
  const dueAt = escalatesAt(state)
  const escalates = dueAt !== null
  let at = escalates ? Math.max(dueAt, now) : (state.resolvedAt ?? now)
  return plan.levels.map((level, index) => {
    if (index === present && paged && status === 'PENDING') return paged
    if (escalates && index <= present) return membersOf(plan, level, now)
    const members = membersOf(plan, level, at)
    if (escalates && members.length > 0) at += level.timeoutMs ?? 0
    return members
  })
}

import { log } from '../log.ts'
import { onCallAt } from '../on-call/on-call.ts'
import type { Level, LevelMember, PlannedSchedule, ResponsePlan } from './model.ts'

/** Whom a level reaches at an instant, everyone once: first who is named, then who is on call. */
export function membersOf(plan: ResponsePlan, level: Level, at: number): LevelMember[] {
  const members = new Map<number, LevelMember>()
  for (const target of level.targets) {
    if (target.type === 'user') members.set(target.userId, { userId: target.userId, name: target.name })
  }
  for (const schedule of schedulesOf(plan, level)) {
    const member = onCallFor(schedule, at)
    if (member && !members.has(member.userId)) members.set(member.userId, member)
  }
  return [...members.values()]
}

/**
 * Who is on call for a schedule. A user who is gone is nobody, or the level would wait for an answer from them. So is whoever a
 * schedule names that can't be worked out, as in a zone that this runtime does not know: others must be paged all the same.
 */
export function onCallFor({ id, name, schedule, people }: PlannedSchedule, at: number): LevelMember | null {
  let userId: number | null
  try {
    userId = onCallAt(schedule, at)
  } catch (error) {
    log.error('schedule not understood, taken for nobody on call', { scheduleId: id, error })
    return null
  }
  const person = people.find((candidate) => candidate.userId === userId)
  return person ? { userId: person.userId, name: person.name, onCallFor: { id, name } } : null
}

/** The schedules that a level names, as the plan took them along. */
export function schedulesOf(plan: ResponsePlan, { targets }: Level): PlannedSchedule[] {
  return targets.flatMap((target) =>
    target.type === 'schedule' ? (plan.schedules?.find(({ id }) => id === target.scheduleId) ?? []) : [],
  )
}

/** Ids of all schedules that a plan names. */
export function scheduleIdsOf({ levels }: ResponsePlan): number[] {
  const ids = levels.flatMap(({ targets }) =>
    targets.flatMap((target) => (target.type === 'schedule' ? target.scheduleId : [])),
  )
  return [...new Set(ids)].sort((a, b) => a - b)
}

/** The plan with newer readings of its schedules; what was not read stays as it was known. */
export function withSchedules(plan: ResponsePlan, read: PlannedSchedule[]): ResponsePlan {
  if (read.length === 0 || !plan.schedules) return plan
  const newer = new Map(read.map((schedule) => [schedule.id, schedule]))
  return { ...plan, schedules: plan.schedules.map((schedule) => newer.get(schedule.id) ?? schedule) }
}

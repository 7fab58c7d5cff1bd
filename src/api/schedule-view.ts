import type { NameOf } from '../directory/schedules/names.ts'
import { loadNames } from '../directory/schedules/names.ts'
import type { Override, Rendered } from '../directory/schedules/rendered-schedule.ts'
import type { StoredSchedule } from '../directory/schedules/schedules.ts'
import type { Env } from '../env.ts'
import type { Instant, Interval, Shift } from '../on-call/model.ts'
import { nextShift, shiftAt } from '../on-call/whole-shifts.ts'
import { presentLayer } from './schedule-fields.ts'
import type * as api from './schemas/schedule.ts'

/** With the names of everybody in them; what is not included is left out. */
export async function presentSchedules(
  env: Env,
  schedules: StoredSchedule[],
  include: readonly api.Include[],
  now: Instant = Date.now(),
): Promise<api.Schedule[]> {
  const views = schedules.map((schedule) => viewOf(schedule, include, now))
  const nameOf = await loadNames(env, views.flatMap(usersIn))
  return views.map((view) => present(view, nameOf))
}

/** A schedule alone has all of itself. */
export async function presentSchedule(env: Env, schedule: StoredSchedule, include: readonly api.Include[] = []) {
  const all = ['scheduleLayers', 'shifts', 'currentShift', 'nextShift', ...include] as const
  const [presented] = await presentSchedules(env, [schedule], all)
  return presented as api.Schedule
}

export async function presentShifts(env: Env, shifts: Shift[]): Promise<api.Shift[]> {
  const nameOf = await loadNames(
    env,
    shifts.map(({ userId }) => userId),
  )
  return shifts.map((shift) => presentShift(shift, nameOf))
}

export async function presentOverrides(env: Env, overrides: Override[]): Promise<api.Override[]> {
  const nameOf = await loadNames(env, overrides.flatMap(usersOf))
  return overrides.map((override) => presentOverride(override, nameOf))
}

export async function presentRendered(env: Env, rendered: Rendered): Promise<api.RenderedSchedule> {
  const { timezone, interval, layers, overrides, final, gaps } = rendered
  const shifts = [...layers.flatMap((layer) => layer.shifts), ...final].map(({ userId }) => userId)
  const nameOf = await loadNames(env, [...shifts, ...overrides.flatMap(usersOf)])
  const presentAll = (some: Shift[]) => some.map((shift) => presentShift(shift, nameOf))
  return {
    ...{ timezone, from: iso(interval.start), until: iso(interval.end) },
    layers: layers.map(({ id, name, shifts }) => ({ id, name, shifts: presentAll(shifts) })),
    overrides: overrides.map((override) => presentOverride(override, nameOf)),
    final: presentAll(final),
    gaps: gaps.map(presentInterval),
  }
}

export function presentShift({ userId, ...interval }: Shift, nameOf: NameOf): api.Shift {
  return { user: nameOf(userId), ...presentInterval(interval) }
}

export function presentInterval({ start, end }: Interval): { start: string; end: string } {
  return { start: iso(start), end: iso(end) }
}

export function referenceOf({ row: { id, name, type } }: StoredSchedule) {
  return { id, name, type }
}

interface View {
  schedule: StoredSchedule
  layers: StoredSchedule['row']['layers'] | null
  shifts: Shift[] | null
  /** Undefined: not asked for. */
  currentShift: Shift | null | undefined
  nextShift: Shift | null | undefined
}

function viewOf(schedule: StoredSchedule, include: readonly api.Include[], now: Instant): View {
  const { row, compiled } = schedule
  const past = include.includes('past')
  const asksFor = (part: api.Include) => include.includes(part)
  return {
    schedule,
    layers: row.type === 'RECURRING' && asksFor('scheduleLayers') ? row.layers : null,
    shifts: row.type === 'STATIC' && asksFor('shifts') ? row.shifts.filter(({ end }) => past || end > now) : null,
    currentShift: asksFor('currentShift') ? shiftAt(compiled, now) : undefined,
    nextShift: asksFor('nextShift') ? nextShift(compiled, now) : undefined,
  }
}

function usersIn({ layers, shifts, currentShift, nextShift }: View): number[] {
  const some = [...(shifts ?? []), currentShift, nextShift].filter((shift) => shift != null)
  return [...(layers ?? []).flatMap(({ users }) => users), ...some.map(({ userId }) => userId)]
}

function present({ schedule, layers, shifts, currentShift, nextShift }: View, nameOf: NameOf): api.Schedule {
  const { id, name, timezone, type, showGaps, defaultShiftDuration, version } = schedule.row
  const presentOne = (shift: Shift | null) => shift && presentShift(shift, nameOf)
  return {
    ...{ id, name, timezone, type, showGaps, defaultShiftDuration, version },
    ...(layers && { scheduleLayers: layers.map((layer) => presentLayer(layer, nameOf)) }),
    ...(shifts && { shifts: shifts.map((shift) => presentShift(shift, nameOf)) }),
    ...(currentShift !== undefined && { currentShift: presentOne(currentShift) }),
    ...(nextShift !== undefined && { nextShift: presentOne(nextShift) }),
    escalationPolicies: schedule.escalationPolicies,
  }
}

function presentOverride(override: Override, nameOf: NameOf): api.Override {
  const { id, userId, createdBy, coverageRequestId, createdAt, start, end } = override
  return {
    ...{ id, user: nameOf(userId), start: start.toISOString(), end: end.toISOString() },
    createdBy: createdBy === null ? null : nameOf(createdBy),
    coverageRequest: coverageRequestId === null ? null : { id: coverageRequestId },
    createdAt: createdAt.toISOString(),
  }
}

function usersOf({ userId, createdBy }: Override): number[] {
  return createdBy === null ? [userId] : [userId, createdBy]
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString()
}

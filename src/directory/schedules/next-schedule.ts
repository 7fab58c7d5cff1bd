import type { Instant, Shift } from '../../on-call/model.ts'
import { Refusal } from '../refusal.ts'
import type { schedules } from '../schema.ts'
import { type LayerFields, nextLayers } from './next-layers.ts'
import { nextShifts } from './next-shifts.ts'

type ScheduleRow = typeof schedules.$inferSelect

/** A schedule as somebody wants it. What of a type does not apply is null. */
export interface ScheduleFields extends Pick<ScheduleRow, 'name' | 'timezone' | 'type' | 'showGaps'> {
  layers: LayerFields[] | null
  /** Null: as they are. */
  shifts: Shift[] | null
  defaultShiftDuration: string | null
}

/** All that a person decides about a schedule, as it is kept. */
export type ScheduleContent = Omit<ScheduleRow, 'id' | 'version' | 'overridesVersion' | 'createdAt' | 'updatedAt'>

/**
 * What becomes of a schedule when this is wanted from now on: its past stays as it was. A new one (null before) is taken to
 * have been like that all the time, so that its first shift has its true start.
 */
export function nextSchedule(before: ScheduleContent | null, wanted: ScheduleFields, now: Instant): ScheduleContent {
  const { name, timezone, type, showGaps, defaultShiftDuration } = wanted
  if (before) refuseOtherKind(before, wanted)
  const content = { name, timezone: before?.timezone ?? timezone, type, showGaps, defaultShiftDuration }
  const { layers, pastLayers, shifts } = before ?? { layers: [], pastLayers: [], shifts: [] }
  if (type === 'STATIC') {
    const next = before && wanted.shifts ? nextShifts(shifts, wanted.shifts, now) : (wanted.shifts ?? shifts)
    return { ...content, layers, pastLayers, shifts: next }
  }
  const next = nextLayers({ layers, pastLayers }, wanted.layers ?? [], timezone, now)
  return { ...content, layers: next.layers, pastLayers: before ? next.pastLayers : [], shifts }
}

/** Whether they say the same about everything. */
export function isSame(one: ScheduleContent, other: ScheduleContent): boolean {
  return contentOf(one) === contentOf(other)
}

function contentOf(content: ScheduleContent): string {
  const { name, timezone, type, layers, pastLayers, shifts, showGaps, defaultShiftDuration } = content
  return JSON.stringify([name, timezone, type, layers, pastLayers, shifts, showGaps, defaultShiftDuration])
}

/** Layers and restrictions are wall-clock times of the zone; another one, or another type, would make all of it mean something else. */
function refuseOtherKind(before: ScheduleContent, { type, timezone }: ScheduleFields): void {
  if (type !== before.type) {
    const message = `This schedule is ${before.type} and stays it: make a new one, and name that in the policies`
    throw new Refusal('BAD_REQUEST', message, 'type')
  }
  if (timezone.toLowerCase() !== before.timezone.toLowerCase()) {
    const message = `This schedule is in ${before.timezone}, in which all its times are meant: for another zone make a new one`
    throw new Refusal('BAD_REQUEST', message, 'timezone')
  }
}

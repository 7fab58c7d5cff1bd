import type { Env } from '../../env.ts'
import { type ChangedShift, changedShifts } from '../../on-call/changes.ts'
import type { Instant, Interval } from '../../on-call/model.ts'
import { compileSchedule } from './compiled-schedule.ts'
import type { ScheduleFields } from './next-schedule.ts'
import { type Rendered, renderSchedule, shiftOf } from './rendered-schedule.ts'
import { planSchedule } from './save-schedule.ts'
import { findSchedule } from './schedules.ts'

export interface Preview {
  /** Null: of a new schedule. */
  before: Rendered | null
  after: Rendered
  changes: ChangedShift[]
  version: number | null
}

/** What saving these fields now would do to an interval: the same that saving does, but for the writing. */
export async function previewSchedule(
  env: Env,
  scheduleId: number | undefined,
  fields: ScheduleFields,
  interval: Interval,
  now: Instant,
): Promise<Preview> {
  const { start, end } = interval
  const schedule = scheduleId === undefined ? null : await findSchedule(env, scheduleId, Math.min(now, start))
  const overrides = schedule?.overrides ?? []
  const content = await planSchedule(env, schedule?.row ?? null, fields, now)
  const placed = overrides.map(shiftOf)
  const nobody = { ...content, layers: [], pastLayers: [], shifts: [] }
  return {
    before: schedule && renderSchedule(schedule.row, overrides, interval),
    after: renderSchedule(content, overrides, interval),
    changes: changedShifts(
      compileSchedule(schedule?.row ?? nobody, placed),
      compileSchedule(content, placed),
      start,
      end,
    ),
    version: schedule?.row.version ?? null,
  }
}

import { Refusal } from '../directory/refusal.ts'
import type { LayerFields } from '../directory/schedules/next-layers.ts'
import type { ScheduleFields } from '../directory/schedules/next-schedule.ts'
import type { StoredLayer } from '../directory/schema.ts'
import { LIMITS } from '../limits.ts'
import type { Restriction, Rotation, Shift } from '../on-call/model.ts'
import { Temporal } from '../on-call/temporal.ts'
import { wallTime } from '../on-call/wall-time.ts'
import type { Zone } from '../on-call/zone.ts'
import { knownZone } from './known-zone.ts'
import {
  DAYS,
  type ScheduleInput,
  type ScheduleLayer,
  type ScheduleLayerInput,
  type ScheduleLayerRestriction,
  type ShiftInput,
} from './schemas/schedule.ts'

/** A schedule in iLert's shape as the directory wants it. */
export function fieldsOf(input: ScheduleInput): ScheduleFields {
  const { name, timezone, type, scheduleLayers, shifts, showGaps, defaultShiftDuration = null } = input
  const zone = knownZone(timezone)
  const recurring = type === 'RECURRING'
  if (recurring && !scheduleLayers?.length)
    throw wrong('scheduleLayers', 'is needed: a RECURRING schedule has at least one layer')
  if (recurring && shifts?.length)
    throw wrong('shifts', 'are for STATIC schedules: a RECURRING one has scheduleLayers, and overrides')
  if (!recurring && scheduleLayers?.length)
    throw wrong('scheduleLayers', 'are for RECURRING schedules: a STATIC one has shifts')
  if (JSON.stringify(scheduleLayers ?? []).length > LIMITS.layersCharacters)
    throw wrong('scheduleLayers', `are too large: at most ${LIMITS.layersCharacters} characters (layersCharacters)`)
  return {
    ...{ name, timezone, type, showGaps, defaultShiftDuration },
    layers:
      recurring && scheduleLayers ? scheduleLayers.map((layer, index) => layerOf(layer, zone, timezone, index)) : null,
    shifts: recurring || !shifts ? null : shifts.map(shiftOf),
  }
}

export function shiftOf({ user, start, end }: ShiftInput): Shift {
  return { userId: user.id, start: Date.parse(start), end: Date.parse(end) }
}

/** A layer in iLert's shape; what was sent comes back as it was written. */
export function presentLayer(
  { id, name, start, end, users, rotation, turnOffset = 0, restrictions = [] }: StoredLayer,
  userOf: (id: number) => ScheduleLayer['users'][number],
): ScheduleLayer {
  const weekly = restrictions.filter(({ from }) => 'day' in from).length
  const all = restrictions.length
  return {
    ...{
      id,
      name,
      startsOn: start,
      endsOn: end ?? null,
      users: users.map(userOf),
      rotation: durationOf(rotation),
      turnOffset,
    },
    restrictionType: all === 0 || (weekly > 0 && weekly < all) ? null : weekly ? 'TIMES_OF_WEEK' : 'TIMES_OF_DAY',
    restrictions: restrictions.map(presentRestriction),
  }
}

function layerOf(layer: ScheduleLayerInput, zone: Zone, timezone: string, index: number): LayerFields {
  const path = `scheduleLayers[${index}]`
  const start = wallClock(layer.startsOn, timezone, `${path}.startsOn`)
  const end = layer.endsOn ? wallClock(layer.endsOn, timezone, `${path}.endsOn`) : null
  if (end && zone.instantOf(wallTime(end)) <= zone.instantOf(wallTime(start))) {
    throw wrong(`${path}.endsOn`, 'must be after startsOn')
  }
  return {
    ...(layer.id !== undefined && { id: layer.id }),
    ...(layer.name !== undefined && { name: layer.name }),
    ...(layer.turnOffset !== undefined && { turnOffset: layer.turnOffset }),
    ...{ start, end, users: layer.users.map(({ id }) => id), rotation: rotationOf(layer.rotation) },
    restrictions: layer.restrictions.map(restrictionOf),
  }
}

/** 2026-03-02T08:00. An instant becomes what clocks of the zone show then. Seconds stay where there are any. */
function wallClock(text: string, timezone: string, path: string): string {
  let wall: Temporal.PlainDateTime
  try {
    wall = /(Z|[+-]\d{2}:?\d{2})$/.test(text)
      ? Temporal.Instant.from(text).toZonedDateTimeISO(timezone).toPlainDateTime()
      : Temporal.PlainDateTime.from(text)
  } catch {
    throw wrong(path, `is no date and time of any calendar: ${text}`)
  }
  if (wall.year < 1970 || wall.year > 2200) throw wrong(path, 'must be in the years 1970 to 2200')
  return wall.toString({ smallestUnit: wall.second === 0 ? 'minute' : 'second', roundingMode: 'trunc' })
}

const UNITS = { H: 'hour', D: 'day', W: 'week', M: 'month' } as const

/** P7D is seven days and not a week: it comes back as it was written. */
function rotationOf(duration: string): Rotation {
  const [, every, unit] = /(\d+)([HDWM])$/.exec(duration) ?? []
  return { unit: UNITS[unit as keyof typeof UNITS], every: Number(every) }
}

function durationOf({ unit, every }: Rotation): string {
  return unit === 'hour' ? `PT${every}H` : `P${every}${unit.charAt(0).toUpperCase()}`
}

function restrictionOf({ from, to }: ScheduleLayerRestriction): Restriction {
  if (!from.dayOfWeek || !to.dayOfWeek) return { from: { time: from.time }, to: { time: to.time } }
  return {
    from: { day: numberOf(from.dayOfWeek), time: from.time },
    to: { day: numberOf(to.dayOfWeek), time: to.time },
  }
}

function presentRestriction({ from, to }: Restriction): ScheduleLayerRestriction {
  return { from: presentEnd(from), to: presentEnd(to) }
}

function presentEnd(end: Restriction['from']): ScheduleLayerRestriction['from'] {
  return 'day' in end ? { dayOfWeek: DAYS[end.day - 1], time: end.time } : { time: end.time }
}

/** Monday is 1. */
function numberOf(day: (typeof DAYS)[number]): number {
  return DAYS.indexOf(day) + 1
}

function wrong(field: string, message: string): Refusal {
  return new Refusal('BAD_REQUEST', `${field} ${message}`, field)
}

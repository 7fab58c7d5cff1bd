import type { Schedule, ScheduleInput, ScheduleLayerRestriction } from '../../../../api/schemas/schedule.ts'
import { DAY, HOUR, WEEK } from '../../../../on-call/wall-time.ts'
import { rotationOf } from './period.ts'
import { knownZone } from './wall-clock.ts'

/** A schedule as it stands in the form, named as in the API, where anything may be missing. Of a type only its own part is sent. */
export type Draft = {
  name: string
  timezone: string
  type: ScheduleInput['type']
  scheduleLayers: LayerDraft[]
  shifts: ShiftDraft[]
  showGaps: boolean
  defaultShiftDuration: string
}

export type LayerDraft = {
  /** Tells it from the others while the form is open. */
  key: string
  /** Of the layer that it changes. */
  id?: number
  name: string
  /** Wall clock, as in a `datetime-local` field; empty: none. */
  startsOn: string
  endsOn: string
  users: number[]
  /** Who shall have the turn now, or the first one, as an index into users. Null: whoever it falls to. */
  wishedTurn: number | null
  rotation: string
  restrictions: ScheduleLayerRestriction[]
}

export type ShiftDraft = {
  key: string
  user: number | null
  /** Instants; empty: none. */
  start: string
  end: string
}

/** A rotation of one layer. */
export function newDraft(timezone: string, startsOn: string): Draft {
  return { ...emptyDraft(timezone), type: 'RECURRING', scheduleLayers: [newLayer(startsOn)] }
}

/** Placed by hand, with no shift. */
export function emptyDraft(timezone: string): Draft {
  return {
    ...{ name: '', timezone, type: 'STATIC', scheduleLayers: [], shifts: [] },
    ...{ showGaps: true, defaultShiftDuration: 'P1W' },
  }
}

/** What is over is no part of it: nobody can change that. */
export function draftOf(schedule: Schedule, now: number): Draft {
  const { name, timezone, type, showGaps, defaultShiftDuration, scheduleLayers = [], shifts = [] } = schedule
  return {
    name,
    timezone,
    type,
    showGaps,
    defaultShiftDuration: defaultShiftDuration ?? 'P1W',
    scheduleLayers: scheduleLayers.map((layer) => ({
      key: newKey(),
      id: layer.id,
      name: layer.name,
      startsOn: layer.startsOn,
      endsOn: layer.endsOn ?? '',
      users: layer.users.map(({ id }) => id),
      wishedTurn: null,
      rotation: layer.rotation,
      restrictions: layer.restrictions,
    })),
    shifts: shifts
      .filter(({ end }) => Date.parse(end) > now)
      .map(({ user, start, end }) => ({ key: newKey(), user: user.id, start, end })),
  }
}

export function newLayer(startsOn: string): LayerDraft {
  const layer = { name: '', startsOn, endsOn: '', users: [], wishedTurn: null, rotation: 'P1W', restrictions: [] }
  return { key: newKey(), ...layer }
}

/** A layer of its own with the same settings. */
export function copyOf({ id: _, name, ...layer }: LayerDraft, place: number): LayerDraft {
  const original = name || `Layer ${place}`
  return { ...layer, key: newKey(), name: `${original.slice(0, MAX_NAME - COPY.length)}${COPY}` }
}

/** Follows the last one, as long as a shift usually is: days and weeks by the clock on the wall. */
export function newShift(shifts: ShiftDraft[], length: string, zone: string, now: number): ShiftDraft {
  const ends = shifts.map(({ end }) => Date.parse(end)).filter((end) => end > now)
  const start = ends.length > 0 ? Math.max(...ends) : nextHour(now)
  const { every, unit } = rotationOf(length) ?? { every: 1, unit: 'week' }
  const clock = knownZone(zone)
  const end =
    unit === 'hour'
      ? start + every * HOUR
      : clock.instantOf(clock.wallTimeAt(start) + every * (unit === 'week' ? WEEK : DAY))
  return { key: newKey(), user: null, start: new Date(start).toISOString(), end: new Date(end).toISOString() }
}

/** By their start; those that begin together stay in their order, in which the lower one wins. */
export function sorted(shifts: ShiftDraft[]): ShiftDraft[] {
  // What has no start yet is being typed, at the end.
  const startOf = ({ start }: ShiftDraft) => (start === '' ? Number.MAX_SAFE_INTEGER : Date.parse(start))
  return shifts.toSorted((a, b) => startOf(a) - startOf(b))
}

/** Where a shift begins that follows no other. */
const nextHour = (now: number) => Math.ceil(now / HOUR) * HOUR

const COPY = ' (copy)'
const MAX_NAME = 100

let lastKey = 0
const newKey = () => `draft-${++lastKey}`

import type { Interval, Shift } from '../../on-call/model.ts'
import { layerShifts, shifts } from '../../on-call/on-call.ts'
import { append, complement } from '../../on-call/timeline.ts'
import type { StoredLayer, scheduleOverrides } from '../schema.ts'
import { compileSchedule } from './compiled-schedule.ts'
import type { ScheduleContent } from './next-schedule.ts'

export type Override = typeof scheduleOverrides.$inferSelect

/** What a calendar draws of an interval. */
export interface Rendered {
  timezone: string
  interval: Interval
  /** In their order, the later over the earlier. The shifts of a static schedule are one layer without id. */
  layers: { id: number | null; name: string; shifts: Shift[] }[]
  /** Whole, the newest last. */
  overrides: Override[]
  final: Shift[]
  gaps: Interval[]
}

/** @param overrides at least those that touch the interval, the newest last */
export function renderSchedule(schedule: ScheduleContent, overrides: Override[], interval: Interval): Rendered {
  const { start: from, end: to } = interval
  const compiled = compileSchedule(schedule, overrides.map(shiftOf))
  const final = shifts(compiled, from, to)
  const ofLayers = layerShifts(compiled, from, to)
  return {
    timezone: schedule.timezone,
    interval,
    layers:
      schedule.type === 'STATIC'
        ? [{ id: null, name: 'Shifts', shifts: ofLayers.flat() }]
        : lanes(schedule, everyLayer(schedule), ofLayers),
    overrides: overrides.filter(({ start, end }) => start.getTime() < to && end.getTime() > from),
    final,
    gaps: complement(final, from, to),
  }
}

export function shiftOf({ userId, start, end }: Override): Shift {
  return { userId, start: start.getTime(), end: end.getTime() }
}

/** In the order in which `compileSchedule` has them. */
function everyLayer({ pastLayers, layers }: ScheduleContent): StoredLayer[] {
  return [...pastLayers.flatMap((past) => past.layers), ...layers]
}

/** One for each layer, whatever it was like before. Layers that are gone lie at the bottom, where they have something to show. */
function lanes({ layers }: ScheduleContent, versions: StoredLayer[], ofVersions: Shift[][]): Rendered['layers'] {
  const present = new Set(layers.map(({ id }) => id))
  const names = new Map(versions.map(({ id, name }) => [id, name]))
  const shiftsOf = (layerId: number) => {
    const lane: Shift[] = []
    for (const [index, { id }] of versions.entries()) {
      if (id !== layerId) continue
      for (const { userId, start, end } of ofVersions[index] ?? []) append(lane, userId, start, end)
    }
    return lane
  }
  const gone = [...names.keys()].filter((id) => !present.has(id))
  return [
    ...gone.map((id) => ({ id, name: names.get(id) ?? '', shifts: shiftsOf(id) })).filter((lane) => lane.shifts.length),
    ...layers.map(({ id, name }) => ({ id, name, shifts: shiftsOf(id) })),
  ]
}

import type { Instant, Layer, Override, Schedule } from '../../on-call/model.ts'
import type { schedules } from '../schema.ts'

type StoredSchedule = Pick<typeof schedules.$inferSelect, 'timezone' | 'type' | 'layers' | 'pastLayers' | 'shifts'>

/** The limits of what a Date can say. */
const EVER: Instant = 8.64e15

/**
 * A stored schedule as the on-call rules read it, its past included: each earlier set of layers covers the time in which it
 * held, so no change of today can rewrite yesterday.
 */
export function compileSchedule(stored: StoredSchedule, overrides: Override[]): Schedule {
  const { timezone: timeZone, shifts } = stored
  if (stored.type === 'STATIC') return { type: 'static', timeZone, shifts, overrides }
  const layers: Layer[] = []
  let start = -EVER
  for (const past of stored.pastLayers) {
    layers.push(...past.layers.map((layer) => ({ ...layer, window: { start, end: past.until } })))
    start = past.until
  }
  layers.push(
    ...(stored.pastLayers.length === 0
      ? stored.layers
      : stored.layers.map((layer) => ({ ...layer, window: { start, end: EVER } }))),
  )
  return { type: 'recurring', timeZone, layers, overrides }
}

/** The same from `from` on and no further back: all that paging and reminders need, and small enough to be taken along. */
export function compileFrom(stored: StoredSchedule, overrides: Override[], from: Instant, most: number): Schedule {
  const stillComing = <S extends Override>(shifts: S[]) => shifts.filter(({ end }) => end > from)
  const { timezone: timeZone, layers } = stored
  const coming = stillComing(overrides)
  if (stored.type === 'RECURRING') return { type: 'recurring', timeZone, layers, overrides: coming }
  const shifts = stillComing(stored.shifts)
    .sort((a, b) => a.start - b.start)
    .slice(0, most)
  return { type: 'static', timeZone, shifts, overrides: coming }
}

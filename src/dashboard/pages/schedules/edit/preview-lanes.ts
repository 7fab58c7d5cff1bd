import type { SchedulePreview } from '../../../../api/schemas/schedule.ts'
import { DAY, WEEK } from '../../../../on-call/wall-time.ts'
import type { Span } from '../../../data/schedules.ts'
import { type Axis, type Band, daysFrom } from '../calendar/axis.ts'
import { type Lane, lanesOf } from '../calendar/lanes.ts'
import { knownZone } from './wall-clock.ts'

/** From now on, today and whole days after it, so that it is drawn to its end. */
export function previewSpan(now: number, weeks: number, zone: string): Span {
  const until = knownZone(zone).instantOf(midnightBefore(now, zone) + weeks * WEEK)
  return { from: new Date(now).toISOString(), until: new Date(until).toISOString() }
}

/** Weeks that begin with today's weekday, one below the other. */
export function previewAxis({ after: { from, until, timezone } }: SchedulePreview): Axis {
  const bands: Band[] = []
  const end = Date.parse(until)
  for (let first = midnightBefore(Date.parse(from), timezone); ; first += WEEK) {
    const days = daysFrom(first, 7, timezone)
    const [start, last] = [days[0]?.start ?? end, days.at(-1)?.end ?? end]
    if (start >= end) return { zone: timezone, bands, scale: Math.max(WEEK, ...bands.map(lengthOf)) }
    bands.push({ start, end: last, days })
  }
}

/** Who is on call as it is, and as it would be; of a new schedule only that. */
export function previewLanes({ before, after }: SchedulePreview): Lane[] {
  if (!before) return [finalLane(after, 'after', 'On call')]
  return [finalLane(before, 'before', 'Before'), finalLane(after, 'after', 'After')]
}

/** As a layer's, for over this one nothing can be dragged. */
function finalLane(rendered: SchedulePreview['after'], key: string, name: string): Lane {
  const about = { key, name, kind: 'layer' } as const
  const final = lanesOf(rendered).find(({ kind }) => kind === 'final')
  const blocks = (final?.blocks ?? []).map((block) => ({ ...block, key: `${key} ${block.start}`, lane: about }))
  return { ...about, blocks }
}

function midnightBefore(instant: number, zone: string): number {
  return Math.floor(knownZone(zone).wallTimeAt(instant) / DAY) * DAY
}

const lengthOf = ({ start, end }: Band) => end - start

import type { Instant, Interval } from '../../../../on-call/model.ts'
import type { PersonColor } from '../../../parts/person-color.ts'
import { dayIn } from '../../../parts/zoned-time.ts'
import type { Axis, Band as BandOfAxis, DrawnView } from './axis.ts'
import { BandHead } from './BandHead.tsx'
import { Grid } from './Grid.tsx'
import { LaneRow } from './LaneRow.tsx'
import type { Block, Lane } from './lanes.ts'
import classes from './Timeline.module.css'

/** What is the same for all bands of a timeline. */
export interface Drawing {
  view: DrawnView
  axis: Axis
  lanes: Lane[]
  colorOf: (user: number) => PersonColor
  now: Instant
  /** What is being dragged over, and in which lane. */
  selection: { interval: Interval; lane: string } | null
  selectable: boolean
  /** By lane, the piece that the Tab key goes to. */
  tabStops: Record<string, string | undefined>
  onOpen: (block: Block) => void
}

interface BandProps {
  index: number
  band: BandOfAxis
  drawing: Drawing
}

/** A day or a week: its days and hours, and below them the lanes. */
export function Band({ index, band, drawing }: BandProps) {
  const { view, axis, lanes, now } = drawing
  const first = dayIn(axis.zone, band.start)
  const name = view === 'day' ? first : `Week of ${first}`
  return (
    <section className={classes.band} data-band={index} aria-label={name}>
      <BandHead view={view} axis={axis} band={band} now={now} />
      <div className={classes.body}>
        <Grid view={view} axis={axis} band={band} now={now} />
        {lanes.map((lane) => (
          <LaneRow key={lane.key} lane={lane} index={index} band={band} bandName={name} drawing={drawing} />
        ))}
      </div>
    </section>
  )
}

import type { CSSProperties } from 'react'
import type { Instant } from '../../../../on-call/model.ts'
import { HOUR } from '../../../../on-call/wall-time.ts'
import { useClock } from '../../../parts/clock.ts'
import type { PersonColor } from '../../../parts/person-color.ts'
import { momentIn, timeIn } from '../../../parts/zoned-time.ts'
import classes from './Agenda.module.css'
import type { Day } from './axis.ts'
import { blockText } from './block-text.ts'
import { affectedText, clockChanges } from './clock-changes.ts'
import type { Block } from './lanes.ts'

interface AgendaProps {
  days: Day[]
  zone: string
  /** Who is on call, gaps included. */
  blocks: Block[]
  colorOf: (user: number) => PersonColor
  stale: boolean
  onOpen: (block: Block) => void
}

/** Day by day who is on call until when: the calendar for a phone, and for who would rather read than look. */
export function Agenda({ days, zone, blocks, colorOf, stale, onOpen }: AgendaProps) {
  const now = useClock((instant) => Math.floor(instant / 60_000) * 60_000)
  return (
    <ol className={classes.agenda} aria-busy={stale}>
      {days.map((day) => (
        <li key={day.start} className={classes.day} data-weekend={day.weekend}>
          <h3 className={classes.date}>
            {now >= day.start && now < day.end && 'Today, '}
            {dayName.format(day.midnight).replace(',', '')}
            {clockChanges(zone, day).map((change) => (
              <span key={change.at} className={classes.setClock}>
                {(day.end - day.start) / HOUR} h · {affectedText(change)}
              </span>
            ))}
          </h3>
          <ul className="plain">
            {blocks
              .filter(({ start, end }) => start < day.end && end > day.start)
              .map((block) => (
                <AgendaItem
                  key={block.key}
                  block={block}
                  day={day}
                  zone={zone}
                  now={now}
                  colorOf={colorOf}
                  onOpen={onOpen}
                />
              ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

interface AgendaItemProps extends Pick<AgendaProps, 'zone' | 'colorOf' | 'onOpen'> {
  block: Block
  day: Day
  now: Instant
}

function AgendaItem({ block, day, zone, now, colorOf, onOpen }: AgendaItemProps) {
  const color = block.user && colorOf(block.user.id)
  return (
    <li>
      <button
        type="button"
        className={classes.item}
        data-kind={block.user ? 'person' : 'gap'}
        data-now={now >= block.start && now < block.end && now >= day.start && now < day.end}
        style={color ? ({ '--fill': color.fill, '--edge': color.edge } as CSSProperties) : undefined}
        title={blockText(block, zone)}
        onClick={() => onOpen(block)}
      >
        <span className={classes.mark} />
        <span className={classes.who}>{block.user?.name ?? 'Gap: nobody'}</span>
        <span className={classes.when}>{timesOn(day, block, zone)}</span>
      </button>
    </li>
  )
}

/** "09:00–17:00", "until 09:00", "09:00 – Mon 30 Nov 09:00", "all day" */
function timesOn(day: Day, { start, end, openStart, openEnd }: Block, zone: string): string {
  const from = openStart || start < day.start ? null : timeIn(zone, start)
  if (openEnd) return from ? `from ${from}` : 'all day'
  const until = end <= day.end ? timeIn(zone, end) : momentIn(zone, end)
  if (!from) return `until ${until}`
  return end <= day.end ? `${from}–${until}` : `${from} – ${until}`
}

const dayName = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })

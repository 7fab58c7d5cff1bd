import type { Instant } from '../../../../on-call/model.ts'
import { HOUR } from '../../../../on-call/wall-time.ts'
import { timeIn } from '../../../parts/zoned-time.ts'
import type { Axis, Band, Day, DrawnView } from './axis.ts'
import { affectedText, affectedTimes, type ClockChange, clockChanges, isSetBack } from './clock-changes.ts'
import { percentAt, positionOf } from './position.ts'
import classes from './Timeline.module.css'
import { TICK_HOURS, ticksOf } from './ticks.ts'

/** The days of a band and, where there is room, their hours. */
export function BandHead({ view, axis, band, now }: { view: DrawnView; axis: Axis; band: Band; now: Instant }) {
  const { zone, scale } = axis
  return (
    <div className={classes.head}>
      <div className={classes.corner} />
      <div className={classes.days}>
        {band.days.map((day) => {
          const { left, width } = positionOf(day, band, scale)
          return (
            <div
              key={day.start}
              className={classes.day}
              style={{ left: `${left}%`, width: `${width}%` }}
              data-weekend={day.weekend}
              data-outside={day.outside}
              data-today={now >= day.start && now < day.end}
            >
              <span className={classes.date}>{dayName(day, band)}</span>
              <SetClock view={view} day={day} zone={zone} />
            </div>
          )
        })}
      </div>
      {(view === 'day' || view === 'week') && (
        <div className={classes.ticks} aria-hidden="true">
          {band.days.flatMap((day) =>
            ticksOf(day, zone, TICK_HOURS[view])
              .filter(({ at }) => view === 'day' || at > day.start)
              .map(({ at, hour, again }) => (
                <span
                  key={at}
                  className={classes.tick}
                  style={{ left: `${percentAt(at, band, scale)}%` }}
                  data-hour={hour}
                  data-third={hour % 3 === 0}
                  data-again={again}
                >
                  {String(hour).padStart(2, '0')}
                  {again && <sup>2</sup>}
                </span>
              )),
          )}
          {view === 'week' &&
            clockChanges(zone, band).map((change) => (
              <span key={change.at} className={classes.tick} style={{ left: `${percentAt(change.at, band, scale)}%` }}>
                {shortly(change)}
              </span>
            ))}
          {now >= band.start && now < band.end && (
            <span className={classes.nowTime} style={{ left: `${percentAt(now, band, scale)}%` }}>
              {timeIn(zone, now)}
            </span>
          )}
        </div>
      )}
    </div>
  )
}

/** On a day that is not of 24 hours: "25 h", or "25 h · 02:00–03:00 twice" where there is room. */
function SetClock({ view, day, zone }: { view: DrawnView; day: Day; zone: string }) {
  const changes = clockChanges(zone, day)
  if (changes.length === 0) return null
  const hours = `${(day.end - day.start) / HOUR} h`
  const text = `${hours} · ${changes.map(affectedText).join(', ')}`
  return (
    <span className={classes.setClock} title={text}>
      {view === 'day' ? text : hours}
    </span>
  )
}

/** "2×02", "no 02" */
function shortly(change: ClockChange): string {
  const from = affectedTimes(change).slice(0, 5).replace(':00', '')
  return isSetBack(change) ? `2×${from}` : `no ${from}`
}

/** "Mon 23"; with the month where it begins, and at the band's beginning. */
function dayName({ midnight, start }: Day, band: Band): string {
  const begins = start === band.start || new Date(midnight).getUTCDate() === 1
  return (begins ? withMonth : plain).format(midnight).replace(',', '')
}

const date = { weekday: 'short', day: 'numeric', timeZone: 'UTC' } as const
const plain = new Intl.DateTimeFormat('en-GB', date)
const withMonth = new Intl.DateTimeFormat('en-GB', { ...date, month: 'short' })

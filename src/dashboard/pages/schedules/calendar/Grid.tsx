import type { Instant } from '../../../../on-call/model.ts'
import type { Axis, Band, DrawnView } from './axis.ts'
import { clockChanges, secondRun } from './clock-changes.ts'
import { percentAt, positionOf } from './position.ts'
import classes from './Timeline.module.css'
import { TICK_HOURS, ticksOf } from './ticks.ts'

/** Behind the lanes: days, hours, weekends, what is past, and where the clocks are set. */
export function Grid({ view, axis, band, now }: { view: DrawnView; axis: Axis; band: Band; now: Instant }) {
  const { zone, scale } = axis
  const at = (instant: Instant) => ({ left: `${percentAt(instant, band, scale)}%` })
  const over = (interval: { start: Instant; end: Instant }) => {
    const { left, width } = positionOf(interval, band, scale)
    return { left: `${left}%`, width: `${width}%` }
  }
  return (
    <div className={classes.grid} aria-hidden="true">
      {band.days.map((day) => (
        <div
          key={day.start}
          className={classes.dayColumn}
          style={over(day)}
          data-weekend={day.weekend}
          data-outside={day.outside}
        />
      ))}
      {now > band.start && <div className={classes.past} style={over({ start: band.start, end: now })} />}
      {band.days.flatMap((day) =>
        ticksOf(day, zone, TICK_HOURS[view])
          .filter((tick) => tick.at > day.start)
          .map((tick) => <div key={tick.at} className={classes.tickLine} style={at(tick.at)} />),
      )}
      {clockChanges(zone, band).map((change) => {
        const again = secondRun(change)
        return again ? (
          <div key={change.at} className={classes.again} style={over(again)} />
        ) : (
          <div key={change.at} className={classes.skipped} style={at(change.at)} />
        )
      })}
      {now >= band.start && now < band.end && <div className={classes.now} style={at(now)} />}
    </div>
  )
}

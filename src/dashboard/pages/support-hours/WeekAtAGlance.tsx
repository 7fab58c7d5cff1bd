import { WEEKDAYS } from '../../../support-hours/model.ts'
import { DAYS } from '../schedules/edit/restriction-presets.ts'
import { timesText } from './hours-text.ts'
import classes from './WeekAtAGlance.module.css'
import { barsOf, type Week } from './week.ts'

const HOURS = [0, 6, 12, 18, 24]
const share = (hours: number) => `${(hours / 24) * 100}%`

/** A bar for each day's support hours, and in words beside it. */
export function WeekAtAGlance({ week }: { week: Week }) {
  const bars = barsOf(week)
  return (
    <div className={classes.week}>
      <ul className="plain" aria-label="Week at a glance">
        {WEEKDAYS.map((day) => {
          const times = week[day]
          return (
            <li key={day} className={classes.day}>
              <span>{DAYS[day]}</span>
              <span className={classes.track} aria-hidden="true">
                {bars[day].map(({ from, to }) => (
                  <span key={from} className={classes.bar} style={{ left: share(from), width: share(to - from) }} />
                ))}
              </span>
              <span className={classes.times}>{times?.start && times.end ? timesText(times) : '–'}</span>
            </li>
          )
        })}
      </ul>
      <div className={classes.hours} aria-hidden="true">
        {HOURS.map((hour) => (
          <span key={hour} style={{ left: share(hour) }}>
            {hour}
          </span>
        ))}
      </div>
    </div>
  )
}

import type { CSSProperties } from 'react'
import { HOUR } from '../../../../on-call/wall-time.ts'
import type { PersonColor } from '../../../parts/person-color.ts'
import { zoneAbbreviation } from '../../../parts/zoned-time.ts'
import type { Day } from './axis.ts'
import classes from './CalendarNotes.module.css'
import { affectedTimes, clockChanges, isSetBack } from './clock-changes.ts'

interface CalendarNotesProps {
  days: Day[]
  zone: string
  people: { id: number; name: string }[]
  colorOf: (user: number) => PersonColor
  /** Lanes are shown, so that it has to be said which of them wins. */
  drawn: boolean
}

/** How to read the calendar: whose colour, what wins, and on which days the clocks are set. */
export function CalendarNotes({ days, zone, people, colorOf, drawn }: CalendarNotesProps) {
  return (
    <div className={classes.notes}>
      {drawn && (
        <ul className={classes.people} aria-label="People">
          {people.map(({ id, name }) => (
            <li key={id}>
              <span
                className={classes.mark}
                style={{ '--fill': colorOf(id).fill, '--edge': colorOf(id).edge } as CSSProperties}
              />
              {name}
            </li>
          ))}
        </ul>
      )}
      {days.flatMap((day) =>
        clockChanges(zone, day).map((change) => (
          <p key={change.at}>
            {dayName.format(day.midnight)} has {(day.end - day.start) / HOUR} hours in {zone}: the clock is set from{' '}
            {zoneAbbreviation(zone, change.at - 1)} to {zoneAbbreviation(zone, change.at)}, so {affectedTimes(change)}{' '}
            {isSetBack(change) ? 'comes twice' : 'is skipped'}
            {drawn && isSetBack(change) && ' (hatched: the second time)'}.
          </p>
        )),
      )}
      {drawn && (
        <p>
          What is lower wins: a layer beats those above it, overrides beat all layers, and the newest override beats the
          others.
          <span className={classes.dragNote}> Drag over “Overrides” or “On call” to make an override.</span>
        </p>
      )}
    </div>
  )
}

const dayName = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })

import { useSuspenseQuery } from '@tanstack/react-query'
import type { ImportedCalendar } from '../../../../api/schemas/schedule.ts'
import { fullName, usersQuery } from '../../../data/users.ts'
import { Section } from '../../../parts/Page.tsx'
import { intervalIn } from '../../../parts/zoned-time.ts'
import classes from './Import.module.css'
import { type Choices, keyOf } from './imported-shifts.ts'
import { isZone } from './wall-clock.ts'

interface ImportedShiftsProps {
  shifts: ImportedCalendar['shifts']
  choices: Choices
  timezone: string
}

/** All that was read, with who has it by the choices so far. */
export function ImportedShifts({ shifts, choices, timezone }: ImportedShiftsProps) {
  const { data: users } = useSuspenseQuery(usersQuery)
  const zone = isZone(timezone) ? timezone : 'UTC'
  const nameOf = (choice: number | null | undefined) => {
    if (choice === undefined) return <em>to be chosen</em>
    if (choice === null) return <span className="dim">left out</span>
    return fullName(users.find(({ id }) => id === choice) ?? {})
  }
  return (
    <Section title={shifts.length === 1 ? '1 shift was read' : `${shifts.length} shifts were read`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Shifts that were read">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">In the calendar</th>
              <th scope="col">Person</th>
            </tr>
          </thead>
          <tbody>
            {shifts.map((shift) => (
              <tr key={`${shift.start} ${shift.end} ${keyOf(shift)}`}>
                <td>{intervalIn(zone, { start: Date.parse(shift.start), end: Date.parse(shift.end) })}</td>
                <td>{shift.label}</td>
                <td>{nameOf(choices[keyOf(shift)])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  )
}

import { NativeSelect } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { fullName, usersQuery } from '../../../data/users.ts'
import { Section } from '../../../parts/Page.tsx'
import classes from './Import.module.css'
import type { Choices, ImportedPerson } from './imported-shifts.ts'

interface ImportedPeopleProps {
  people: ImportedPerson[]
  choices: Choices
  onChange: (choices: Choices) => void
  /** It was tried to go on without all choices. */
  missing: boolean
}

const LEAVE_OUT = 'leave out'

/** Who is meant by what the calendar says. */
export function ImportedPeople({ people, choices, onChange, missing }: ImportedPeopleProps) {
  const { data: users } = useSuspenseQuery(usersQuery)
  const unsaid = people.filter(({ key }) => choices[key] === undefined).length
  return (
    <Section title="Who is it?">
      <p className="dim small">
        {unsaid === 0 ? 'Everybody is known.' : `${unsaid} of ${people.length} are still to be chosen.`} A choice is for
        all shifts of the same name.
      </p>
      <ul className={classes.people}>
        {people.map(({ key, label, shifts }) => {
          const choice = choices[key]
          return (
            <li key={key}>
              <NativeSelect
                label={label || 'Without a title'}
                description={shifts === 1 ? '1 shift' : `${shifts} shifts`}
                value={choice === null ? LEAVE_OUT : (choice ?? '')}
                onChange={({ currentTarget: { value } }) =>
                  onChange({ ...choices, [key]: value === '' ? undefined : value === LEAVE_OUT ? null : Number(value) })
                }
                error={missing && choice === undefined && 'must be chosen'}
                data={[
                  { value: '', label: 'Choose …' },
                  ...users.map((user) => ({ value: String(user.id), label: fullName(user) })),
                  { value: LEAVE_OUT, label: 'Nobody: leave these out' },
                ]}
              />
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

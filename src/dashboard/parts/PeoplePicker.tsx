import { CloseButton, Input, NativeSelect } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import type { User } from '../../api/schemas/user.ts'
import { fullName } from '../data/users.ts'
import classes from './PeoplePicker.module.css'

interface PeoplePickerProps {
  label: string
  description?: string
  users: User[]
  /** Ids, in their order. */
  value: number[]
  onChange: (ids: number[]) => void
  error?: ReactNode
}

/** Several people: those chosen, and a select of the others. It is the phone's own select there. */
export function PeoplePicker({ label, description, users, value, onChange, error }: PeoplePickerProps) {
  const id = useId()
  const chosen = value.map((each) => users.find((user) => user.id === each)).filter((user) => user !== undefined)
  const others = users.filter((user) => !value.includes(user.id))
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error}>
      {chosen.length > 0 && (
        <ul className={classes.chosen} aria-label={`${label} chosen`}>
          {chosen.map((user) => (
            <li key={user.id} className={classes.person}>
              {fullName(user)}
              <CloseButton
                size="sm"
                aria-label={`Remove ${fullName(user)}`}
                onClick={() => onChange(value.filter((each) => each !== user.id))}
              />
            </li>
          ))}
        </ul>
      )}
      <NativeSelect
        id={id}
        mt={4}
        value=""
        disabled={others.length === 0}
        error={Boolean(error)}
        onChange={({ currentTarget }) => onChange([...value, Number(currentTarget.value)])}
        data={[
          { value: '', label: others.length > 0 ? 'Add a person …' : 'Everybody is chosen' },
          ...others.map((user) => ({ value: String(user.id), label: fullName(user) })),
        ]}
      />
    </Input.Wrapper>
  )
}

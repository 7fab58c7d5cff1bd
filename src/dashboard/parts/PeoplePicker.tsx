import { CloseButton, Input, NativeSelect } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import type { User } from '../../api/schemas/user.ts'
import { fullName } from '../data/users.ts'
import { CalendarIcon } from './icons.tsx'
import classes from './PeoplePicker.module.css'

interface FieldProps {
  label: string
  description?: string
  error?: ReactNode
}

interface PeoplePickerProps extends FieldProps {
  users: User[]
  /** Ids, in their order. */
  value: number[]
  onChange: (ids: number[]) => void
}

/** Several people: those chosen, and a select of the others. It is the phone's own select there. */
export function PeoplePicker({ users, value, onChange, ...field }: PeoplePickerProps) {
  return (
    <Picker
      {...field}
      groups={[{ name: 'Users', options: users.map(optionOfUser) }]}
      value={value.map(userKey)}
      onChange={(keys) => onChange(idsIn(keys, 'user'))}
      adding="Add a person …"
      all="Everybody is chosen"
    />
  )
}

interface Targets {
  users: number[]
  schedules: number[]
}

interface TargetPickerProps extends FieldProps {
  users: User[]
  schedules: { id: number; name: string }[]
  /** Ids, in their order. */
  value: Targets
  onChange: (targets: Targets) => void
}

/** The same with schedules, each of which stands for whoever is on call there. */
export function TargetPicker({ users, schedules, value, onChange, ...field }: TargetPickerProps) {
  return (
    <Picker
      {...field}
      groups={[
        { name: 'Users', options: users.map(optionOfUser) },
        {
          name: 'On call for',
          options: schedules.map(({ id, name }) => ({ key: scheduleKey(id), label: name, isSchedule: true })),
        },
      ]}
      value={[...value.users.map(userKey), ...value.schedules.map(scheduleKey)]}
      onChange={(keys) => onChange({ users: idsIn(keys, 'user'), schedules: idsIn(keys, 'schedule') })}
      adding={schedules.length > 0 ? 'Add a person or a schedule …' : 'Add a person …'}
      all="Everything is chosen"
    />
  )
}

interface Option {
  key: string
  label: string
  isSchedule?: boolean
}

interface PickerProps extends FieldProps {
  /** Headed by their names where there are several. */
  groups: { name: string; options: Option[] }[]
  value: string[]
  onChange: (keys: string[]) => void
  adding: string
  all: string
}

function Picker({ label, description, error, groups, value, onChange, adding, all }: PickerProps) {
  const id = useId()
  const options = groups.flatMap((group) => group.options)
  const chosen = value.map((key) => options.find((option) => option.key === key)).filter((one) => one !== undefined)
  const others = groups
    .map(({ name, options }) => ({ group: name, items: options.filter(({ key }) => !value.includes(key)).map(itemOf) }))
    .filter(({ items }) => items.length > 0)
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error}>
      {chosen.length > 0 && (
        <ul className={classes.chosen} aria-label={`${label} chosen`}>
          {chosen.map((option) => (
            <li key={option.key} className={classes.person}>
              {option.isSchedule && <CalendarIcon />}
              {option.isSchedule && <span className="sr-only">on call for</span>}
              {option.label}
              <CloseButton
                size="sm"
                aria-label={`Remove ${option.label}`}
                onClick={() => onChange(value.filter((key) => key !== option.key))}
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
        onChange={({ currentTarget }) => onChange([...value, currentTarget.value])}
        data={[
          { value: '', label: others.length > 0 ? adding : all },
          ...(groups.length > 1 ? others : others.flatMap(({ items }) => items)),
        ]}
      />
    </Input.Wrapper>
  )
}

const itemOf = ({ key, label }: Option) => ({ value: key, label })
const optionOfUser = (user: User): Option => ({ key: userKey(user.id), label: fullName(user) })
const userKey = (id: number) => `user ${id}`
const scheduleKey = (id: number) => `schedule ${id}`

function idsIn(keys: string[], kind: string): number[] {
  return keys.flatMap((key) => (key.startsWith(`${kind} `) ? Number(key.slice(kind.length + 1)) : []))
}

import { ActionIcon, Group } from '@mantine/core'
import type { FormErrors, UseFormReturnType } from '@mantine/form'
import { useSuspenseQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type { escalationPolicyInput } from '../../../api/schemas/escalation-policy.ts'
import { schedulesQuery } from '../../data/schedules.ts'
import { usersQuery } from '../../data/users.ts'
import { DownIcon, TrashIcon, UpIcon } from '../../parts/icons.tsx'
import { NumberField } from '../../parts/NumberField.tsx'
import { TargetPicker } from '../../parts/PeoplePicker.tsx'
import classes from './PolicyForm.module.css'

interface LevelFieldsProps {
  form: UseFormReturnType<z.input<typeof escalationPolicyInput>>
  index: number
  last: boolean
}

export function LevelFields({ form, index, last }: LevelFieldsProps) {
  const { data: users } = useSuspenseQuery(usersQuery)
  const { data: schedules } = useSuspenseQuery(schedulesQuery)
  const level = form.values.escalationRules[index]
  if (!level) return null
  const path = `escalationRules.${index}` as const
  const title = `Level ${index + 1}`
  const move = (to: number) => form.reorderListItem('escalationRules', { from: index, to })
  return (
    <li className={classes.level} aria-label={title}>
      <div className={classes.head}>
        {title}
        <Group gap={4}>
          <ActionIcon aria-label={`Move level ${index + 1} up`} disabled={index === 0} onClick={() => move(index - 1)}>
            <UpIcon />
          </ActionIcon>
          <ActionIcon aria-label={`Move level ${index + 1} down`} disabled={last} onClick={() => move(index + 1)}>
            <DownIcon />
          </ActionIcon>
          <ActionIcon
            aria-label={`Remove level ${index + 1}`}
            disabled={form.values.escalationRules.length === 1}
            onClick={() => form.removeListItem('escalationRules', index)}
          >
            <TrashIcon />
          </ActionIcon>
        </Group>
      </div>
      <div className={classes.fields}>
        <TargetPicker
          label="Users and schedules"
          description={level.users?.length || level.schedules?.length ? undefined : 'Nobody: this level is skipped'}
          users={users}
          schedules={schedules}
          value={{ users: idsOf(level.users), schedules: idsOf(level.schedules) }}
          onChange={(chosen) => {
            form.setFieldValue(`${path}.users`, chosen.users.map(reference))
            form.setFieldValue(`${path}.schedules`, chosen.schedules.map(reference))
          }}
          error={errorUnder(form.errors, `${path}.users`) ?? errorUnder(form.errors, `${path}.schedules`)}
        />
        <NumberField label="Minutes to wait" min={0} {...form.getInputProps(`${path}.escalationTimeout`)} />
      </div>
    </li>
  )
}

const reference = (id: number) => ({ id })
const idsOf = (references: { id: number }[] = []) => references.map(({ id }) => id)

/** What is wrong with a list, or with one of it: `escalationRules.0.users.2.id`. */
function errorUnder(errors: FormErrors, path: string) {
  const at = Object.keys(errors).find((field) => field === path || field.startsWith(`${path}.`))
  return at && errors[at]
}

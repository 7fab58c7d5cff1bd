import { ActionIcon, Group } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useSuspenseQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type { escalationPolicyInput } from '../../../api/schemas/escalation-policy.ts'
import { usersQuery } from '../../data/users.ts'
import { DownIcon, TrashIcon, UpIcon } from '../../parts/icons.tsx'
import { NumberField } from '../../parts/NumberField.tsx'
import { PeoplePicker } from '../../parts/PeoplePicker.tsx'
import classes from './PolicyForm.module.css'

interface LevelFieldsProps {
  form: UseFormReturnType<z.input<typeof escalationPolicyInput>>
  index: number
  last: boolean
}

export function LevelFields({ form, index, last }: LevelFieldsProps) {
  const { data: users } = useSuspenseQuery(usersQuery)
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
        <PeoplePicker
          label="Users"
          description={level.users?.length ? undefined : 'Nobody: this level is skipped'}
          users={users}
          value={(level.users ?? []).map(({ id }) => id)}
          onChange={(ids) =>
            form.setFieldValue(
              `${path}.users`,
              ids.map((id) => ({ id })),
            )
          }
          error={form.errors[`${path}.users`]}
        />
        <NumberField label="Minutes to wait" min={0} {...form.getInputProps(`${path}.escalationTimeout`)} />
      </div>
    </li>
  )
}

import { ActionIcon, Group, Input, NativeSelect } from '@mantine/core'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { User } from '../../../../api/schemas/user.ts'
import { LIMITS } from '../../../../limits.ts'
import { fullName } from '../../../data/users.ts'
import { DownIcon, TrashIcon, UpIcon } from '../../../parts/icons.tsx'
import classes from './TurnOrderFields.module.css'
import type { Turn } from './turn-now.ts'
import { added, removed, swapped, type TurnOrder } from './turn-order.ts'

interface TurnOrderFieldsProps {
  /** Such as "Layer 2". */
  of: string
  users: User[]
  value: TurnOrder
  onChange: (value: TurnOrder) => void
  /** Whose turn it is when this is saved; null: that can't be said yet. */
  turn: Turn | null
  error?: ReactNode
}

/** Who takes turns, in which order; the same person may have several. */
export function TurnOrderFields({ of, users, value, onChange, turn, error }: TurnOrderFieldsProps) {
  const id = useId()
  const list = useRef<HTMLOListElement>(null)
  const focusNext = useRef<string[]>([])
  const [said, setSaid] = useState('')
  const nameOf = (user: number) => {
    const known = users.find((each) => each.id === user)
    return known ? fullName(known) : `User ${user}, who is gone`
  }
  const nameAt = (index: number) => nameOf(value.users[index] ?? 0)

  // The button that was pressed goes with its person, so that pressing it again moves on.
  useEffect(() => {
    const wanted = focusNext.current
    focusNext.current = []
    for (const selector of wanted) {
      const button = list.current?.querySelector<HTMLElement>(`${selector}:not(:disabled)`)
      if (button) return button.focus()
    }
  })

  const move = (from: number, to: number) => {
    const [same, other] = to < from ? ['up', 'down'] : ['down', 'up']
    focusNext.current = [`[data-act="${same} ${to}"]`, `[data-act="${other} ${to}"]`]
    setSaid(`${nameAt(from)} is now ${to + 1} of ${value.users.length}`)
    onChange(swapped(value, from, to))
  }
  const remove = (index: number) => {
    focusNext.current = [`[data-act="remove ${index}"]`, `[data-act="remove ${index - 1}"]`]
    setSaid(`${nameAt(index)} removed`)
    onChange(removed(value, index))
  }

  return (
    <Input.Wrapper id={id} label="People, in the order of their turns" error={error}>
      <ol ref={list} className={classes.people} aria-label={`${of}, people`}>
        {value.users.map((user, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a turn is its place; one person may have several
          <li key={index} className={classes.person} data-now={turn?.index === index}>
            <span className={classes.place}>{index + 1}</span>
            <span className={classes.name}>
              {nameOf(user)}
              {turn?.index === index && (
                <span className={classes.now}>{turn.begun ? 'has the turn now' : 'has the first turn'}</span>
              )}
            </span>
            <Group gap={0} wrap="nowrap">
              <ActionIcon
                aria-label={`${of}: move ${nameOf(user)}, turn ${index + 1}, up`}
                data-act={`up ${index}`}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              >
                <UpIcon />
              </ActionIcon>
              <ActionIcon
                aria-label={`${of}: move ${nameOf(user)}, turn ${index + 1}, down`}
                data-act={`down ${index}`}
                disabled={index === value.users.length - 1}
                onClick={() => move(index, index + 1)}
              >
                <DownIcon />
              </ActionIcon>
              <ActionIcon
                aria-label={`${of}: remove ${nameOf(user)}, turn ${index + 1}`}
                data-act={`remove ${index}`}
                onClick={() => remove(index)}
              >
                <TrashIcon />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ol>
      <span className="sr-only" role="status">
        {said}
      </span>
      <NativeSelect
        id={id}
        mt={4}
        value=""
        aria-label={`${of}: add a person`}
        disabled={value.users.length >= LIMITS.usersPerLayer}
        error={Boolean(error)}
        onChange={({ currentTarget }) => onChange(added(value, Number(currentTarget.value)))}
        data={[
          { value: '', label: 'Add a person …' },
          ...users.map((user) => ({ value: String(user.id), label: fullName(user) })),
        ]}
      />
      {turn && value.users.length > 1 && (
        <NativeSelect
          mt="sm"
          label={turn.begun ? 'Has the turn now' : 'Has the first turn'}
          aria-label={`${of}: ${turn.begun ? 'has the turn now' : 'has the first turn'}`}
          value={value.wishedTurn ?? ''}
          onChange={({ currentTarget: { value: chosen } }) =>
            onChange({ ...value, wishedTurn: chosen === '' ? null : Number(chosen) })
          }
          data={[
            {
              value: '',
              label:
                value.wishedTurn === null
                  ? `${nameAt(turn.index)}: ${turn.begun ? 'as the order goes on' : 'as the order begins'}`
                  : `Whoever it is as the order goes ${turn.begun ? 'on' : 'from its beginning'}`,
            },
            ...value.users.map((user, index) => ({ value: String(index), label: `${index + 1}. ${nameOf(user)}` })),
          ]}
        />
      )}
    </Input.Wrapper>
  )
}

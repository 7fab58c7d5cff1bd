import { Group, Input, NativeSelect } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { NumberField } from '../../../parts/NumberField.tsx'

interface SecondsInputProps {
  label: string
  description?: string
  /** Null: not filled in. */
  value: number | null
  onChange: (seconds: number | null) => void
  error?: ReactNode
}

const UNITS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const
type Unit = keyof typeof UNITS

/** A duration that is kept in seconds; people say a number and a unit. */
export function SecondsInput({ label, description, value, onChange, error }: SecondsInputProps) {
  const [unit, setUnit] = useState<Unit>(() => largestUnit(value))
  const set = (count: number | undefined, of: Unit) =>
    onChange(count === undefined ? null : Math.round(count * UNITS[of]))
  const count = value === null ? undefined : value / UNITS[unit]
  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <Group gap="xs" wrap="nowrap" mt={4}>
        <NumberField
          aria-label={`${label}: how many`}
          min={0}
          w={110}
          value={count}
          onChange={(next) => set(next, unit)}
          error={Boolean(error)}
        />
        <NativeSelect
          aria-label={`${label}: unit`}
          value={unit}
          data={Object.keys(UNITS)}
          onChange={({ currentTarget }) => {
            const next = currentTarget.value as Unit
            setUnit(next)
            set(count, next)
          }}
        />
      </Group>
    </Input.Wrapper>
  )
}

function largestUnit(seconds: number | null): Unit {
  const fitting = (Object.keys(UNITS) as Unit[]).filter((unit) => seconds && seconds % UNITS[unit] === 0)
  return fitting.at(-1) ?? 'minutes'
}

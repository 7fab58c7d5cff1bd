import { Group, Input, NativeSelect } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { NumberField } from './NumberField.tsx'

interface DurationInputProps {
  label: string
  description?: string
  /** ISO-8601, such as PT4H; null: none. */
  value: string | null
  onChange: (value: string | null) => void
  error?: ReactNode
}

const UNITS = { minutes: 1, hours: 60, days: 1440 } as const
type Unit = keyof typeof UNITS

/** Durations travel as ISO-8601; people say a number and a unit. */
export function DurationInput({ label, description, value, onChange, error }: DurationInputProps) {
  const minutes = value === null ? null : minutesOf(value)
  const [unit, setUnit] = useState<Unit>(() => largestUnit(minutes))
  const set = (count: number | null, of: Unit) =>
    onChange(count === null ? null : durationOf(Math.round(count * UNITS[of])))
  const count = minutes === null ? undefined : minutes / UNITS[unit]

  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <Group gap="xs" wrap="nowrap" mt={4}>
        <NumberField
          aria-label={`${label}: how many`}
          placeholder="none"
          min={0}
          w={110}
          value={count}
          onChange={(next) => set(next ?? null, unit)}
          error={Boolean(error)}
        />
        <NativeSelect
          aria-label={`${label}: unit`}
          value={unit}
          data={Object.keys(UNITS)}
          onChange={({ currentTarget }) => {
            const next = currentTarget.value as Unit
            setUnit(next)
            if (count !== undefined) set(count, next)
          }}
        />
      </Group>
    </Input.Wrapper>
  )
}

function minutesOf(duration: string): number {
  const [, days = 0, hours = 0, minutes = 0] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? []
  return Number(days) * 1440 + Number(hours) * 60 + Number(minutes)
}

const durationOf = (minutes: number) => `PT${minutes}M`

function largestUnit(minutes: number | null): Unit {
  if (!minutes) return 'minutes'
  if (minutes % 1440 === 0) return 'days'
  return minutes % 60 === 0 ? 'hours' : 'minutes'
}

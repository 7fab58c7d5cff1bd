import { Group, Input, NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { NumberField } from '../../../parts/NumberField.tsx'
import { PERIOD_ERROR, type PeriodUnit, periodText, readPeriod } from './period.ts'

interface PeriodInputProps {
  label: string
  description?: string
  /** Tells apart what has the same label, such as "Layer 2". */
  of?: string
  units: readonly PeriodUnit[]
  /** ISO-8601, such as P1W. */
  value: string
  onChange: (value: string) => void
  error?: ReactNode
}

/** A length of turns or shifts: a number and one unit, as it is kept, for a day is not always 24 hours. */
export function PeriodInput({ label, description, of, units, value, onChange, error }: PeriodInputProps) {
  const { count, unit } = readPeriod(value)
  const name = of ? `${of}, ${label.toLowerCase()}` : label
  return (
    <Input.Wrapper label={label} description={description} error={error && PERIOD_ERROR} labelElement="div">
      <Group gap="xs" wrap="nowrap" mt={description ? 4 : 0}>
        <NumberField
          aria-label={`${name}: how many`}
          min={1}
          step={1}
          w={84}
          value={count}
          onChange={(next) => onChange(periodText({ count: next, unit }))}
          error={Boolean(error)}
        />
        <NativeSelect
          aria-label={`${name}: unit`}
          value={unit}
          flex={1}
          maw={140}
          data={[...units]}
          onChange={({ currentTarget }) => onChange(periodText({ count, unit: currentTarget.value as PeriodUnit }))}
        />
      </Group>
    </Input.Wrapper>
  )
}

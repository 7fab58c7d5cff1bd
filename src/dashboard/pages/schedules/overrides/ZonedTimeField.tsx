import { NativeSelect, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { localTimeOf, readLocalTime } from '../../../parts/local-time.ts'
import { momentIn, zoneAbbreviation } from '../../../parts/zoned-time.ts'
import classes from './OverrideDialog.module.css'

interface ZonedTimeFieldProps {
  label: string
  zone: string
  /** ISO-8601 instant; empty: what is in the field is no time. */
  value: string
  onChange: (value: string) => void
  error?: ReactNode
  disabled?: boolean
}

/** An instant, as a time on the wall clock of a zone; of a time that comes twice one can choose which is meant. */
export function ZonedTimeField({ label, zone, value, onChange, error, disabled }: ZonedTimeFieldProps) {
  const [text, setText] = useState(() => (value ? localTimeOf(Date.parse(value), zone) : ''))
  const reading = readLocalTime(text, zone)
  const set = (instant: number) => onChange(new Date(instant).toISOString())

  return (
    <div className={classes.time}>
      <TextInput
        type="datetime-local"
        label={label}
        value={text}
        disabled={disabled}
        error={error && (value === '' ? 'must be a date and a time' : error)}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          const read = readLocalTime(currentTarget.value, zone)
          if (read) set(read.kind === 'twice' ? read.first : read.instant)
          else onChange('')
        }}
      />
      {reading?.kind === 'twice' && (
        <NativeSelect
          aria-label={`${label}: which of the two`}
          description="The clock is set back: this time comes twice."
          disabled={disabled}
          value={Date.parse(value) < reading.second ? 'first' : 'second'}
          onChange={({ currentTarget }) => set(currentTarget.value === 'first' ? reading.first : reading.second)}
          data={[
            { value: 'first', label: `The first, ${zoneAbbreviation(zone, reading.first)}` },
            { value: 'second', label: `The second, ${zoneAbbreviation(zone, reading.second)}` },
          ]}
        />
      )}
      {reading?.kind === 'never' && (
        <p className={classes.hint}>
          The clock is set forward over this time: {momentIn(zone, reading.instant)} is meant.
        </p>
      )}
    </div>
  )
}

import { ActionIcon, Button, Group, Input, NativeSelect, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { ScheduleLayerRestriction } from '../../../../api/schemas/schedule.ts'
import { LIMITS } from '../../../../limits.ts'
import { PlusIcon, TrashIcon } from '../../../parts/icons.tsx'
import { type Errors, errorWithin } from './field-words.ts'
import classes from './RestrictionFields.module.css'
import {
  DAYS,
  type DayOfWeek,
  FIRST_OWN_TIMES,
  PRESETS,
  type Preset,
  presetOf,
  withDay,
} from './restriction-presets.ts'

interface RestrictionFieldsProps {
  /** Such as "Layer 2". */
  of: string
  value: ScheduleLayerRestriction[]
  onChange: (value: ScheduleLayerRestriction[]) => void
  errors: Errors
  /** Of the restrictions in the form. */
  path: string
}

/** When a layer covers: at all times, at those of a preset, or at some of one's own. */
export function RestrictionFields({ of, value, onChange, errors, path }: RestrictionFieldsProps) {
  const preset = presetOf(value)
  const [adjusting, setAdjusting] = useState(false)
  const open = value.length > 0 && (preset === null || adjusting)
  const choose = (chosen: Preset | 'own') => {
    setAdjusting(chosen === 'own')
    if (chosen !== 'own') onChange(PRESETS[chosen].restrictions)
    else if (value.length === 0) onChange([FIRST_OWN_TIMES])
  }
  return (
    <div>
      <NativeSelect
        label="Covers"
        aria-label={`${of}, covers`}
        description={
          preset === 'always' ? undefined : 'Outside these times the layers above are seen. Turns go on behind them.'
        }
        value={open ? 'own' : (preset ?? 'own')}
        onChange={({ currentTarget }) => choose(currentTarget.value as Preset | 'own')}
        data={[
          ...Object.entries(PRESETS).map(([name, { label }]) => ({ value: name, label })),
          { value: 'own', label: 'Times of your own' },
        ]}
      />
      {open && (
        <fieldset className={classes.times}>
          <legend className="sr-only">{of}: when it covers</legend>
          {value.map((restriction, index) => (
            <RestrictionRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; all that it shows is in the form
              key={index}
              of={`${of}, time ${index + 1}`}
              value={restriction}
              onChange={(next) => onChange(value.map((each, at) => (at === index ? next : each)))}
              onRemove={() => onChange(value.filter((_, at) => at !== index))}
              error={errorWithin(errors, `${path}.${index}`)}
            />
          ))}
          <div>
            <Button
              size="compact-sm"
              leftSection={<PlusIcon />}
              disabled={value.length >= LIMITS.restrictionsPerLayer}
              onClick={() => onChange([...value, value.at(-1) ?? FIRST_OWN_TIMES])}
            >
              Add times
            </Button>
          </div>
        </fieldset>
      )}
    </div>
  )
}

interface RestrictionRowProps {
  /** Such as "Layer 2, time 1". */
  of: string
  value: ScheduleLayerRestriction
  onChange: (value: ScheduleLayerRestriction) => void
  onRemove: () => void
  error?: ReactNode
}

function RestrictionRow({ of, value, onChange, onRemove, error }: RestrictionRowProps) {
  const end = (side: 'from' | 'to') => {
    const daily = side === 'to' && !value.to.dayOfWeek
    return (
      <Group gap={6} wrap="nowrap" className={classes.end}>
        <span className={classes.word}>{side}</span>
        {!daily && (
          <NativeSelect
            aria-label={`${of}: ${side} which day`}
            flex={1}
            rightSectionWidth={26}
            value={value[side].dayOfWeek ?? ''}
            onChange={({ currentTarget }) => onChange(withDay(value, side, (currentTarget.value as DayOfWeek) || null))}
            data={[
              ...(side === 'from' ? [{ value: '', label: 'Daily' }] : []),
              ...Object.entries(DAYS).map(([day, label]) => ({ value: day, label })),
            ]}
          />
        )}
        <TextInput
          type="time"
          aria-label={`${of}: ${side} what time`}
          flex={daily ? 1 : undefined}
          value={value[side].time}
          onChange={({ currentTarget }) =>
            onChange({ ...value, [side]: { ...value[side], time: currentTarget.value } })
          }
          error={Boolean(error) && side === 'to'}
        />
      </Group>
    )
  }
  return (
    <div>
      <div className={classes.row}>
        {end('from')}
        {end('to')}
        <ActionIcon aria-label={`Remove ${of.charAt(0).toLowerCase()}${of.slice(1)}`} onClick={onRemove}>
          <TrashIcon />
        </ActionIcon>
      </div>
      {error && <Input.Error>{error}</Input.Error>}
    </div>
  )
}

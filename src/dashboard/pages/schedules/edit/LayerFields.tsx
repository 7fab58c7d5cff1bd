import { ActionIcon, Group, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useSuspenseQuery } from '@tanstack/react-query'
import { LIMITS } from '../../../../limits.ts'
import { usersQuery } from '../../../data/users.ts'
import { serverNow } from '../../../parts/clock.ts'
import { CopyIcon, DownIcon, TrashIcon, UpIcon } from '../../../parts/icons.tsx'
import type { Draft } from './draft.ts'
import { errorWithin } from './field-words.ts'
import classes from './Layers.module.css'
import { PeriodInput } from './PeriodInput.tsx'
import { PERIOD_UNITS } from './period.ts'
import { RestrictionFields } from './RestrictionFields.tsx'
import { TurnOrderFields } from './TurnOrderFields.tsx'
import { type StoredLayer, turnNow } from './turn-now.ts'

interface LayerFieldsProps {
  form: UseFormReturnType<Draft>
  index: number
  /** What it changes; none: it is new. */
  stored: StoredLayer | undefined
  onMove: (to: number) => void
  onDuplicate: () => void
  onRemove: () => void
}

export function LayerFields({ form, index, stored, onMove, onDuplicate, onRemove }: LayerFieldsProps) {
  const { data: users } = useSuspenseQuery(usersQuery)
  const { scheduleLayers: layers, timezone } = form.values
  const layer = layers[index]
  if (!layer) return null
  const path = `scheduleLayers.${index}` as const
  const place = `Layer ${index + 1}`
  return (
    <li className={classes.layer} aria-label={layer.name ? `${place}, ${layer.name}` : place}>
      <div className={classes.head}>
        <h3 className={classes.title}>{layer.name || place}</h3>
        <Group gap={0} wrap="nowrap">
          <ActionIcon
            aria-label={`Move layer ${index + 1} up`}
            data-layer-act={`up ${index}`}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          >
            <UpIcon />
          </ActionIcon>
          <ActionIcon
            aria-label={`Move layer ${index + 1} down`}
            data-layer-act={`down ${index}`}
            disabled={index === layers.length - 1}
            onClick={() => onMove(index + 1)}
          >
            <DownIcon />
          </ActionIcon>
          <ActionIcon
            aria-label={`Duplicate layer ${index + 1}`}
            disabled={layers.length >= LIMITS.layersPerSchedule}
            onClick={onDuplicate}
          >
            <CopyIcon />
          </ActionIcon>
          <ActionIcon
            aria-label={`Remove layer ${index + 1}`}
            data-layer-act={`remove ${index}`}
            disabled={layers.length === 1}
            onClick={onRemove}
          >
            <TrashIcon />
          </ActionIcon>
        </Group>
      </div>
      <div className={classes.fields}>
        <TextInput
          label="Name"
          aria-label={`${place}, name`}
          placeholder={place}
          {...form.getInputProps(`${path}.name`)}
        />
        <PeriodInput
          label="Each turn lasts"
          of={place}
          units={PERIOD_UNITS}
          value={layer.rotation}
          onChange={(rotation) => form.setFieldValue(`${path}.rotation`, rotation)}
          error={form.errors[`${path}.rotation`]}
        />
        <TextInput
          type="datetime-local"
          label="First hand-off"
          aria-label={`${place}, first hand-off`}
          description="Later ones are at the same time"
          {...form.getInputProps(`${path}.startsOn`)}
        />
        <TextInput
          type="datetime-local"
          label="End"
          aria-label={`${place}, end`}
          description="Empty: it goes on"
          {...form.getInputProps(`${path}.endsOn`)}
        />
      </div>
      <TurnOrderFields
        of={place}
        users={users}
        value={layer}
        onChange={({ users: order, wishedTurn }) => {
          form.setFieldValue(`${path}.users`, order)
          form.setFieldValue(`${path}.wishedTurn`, wishedTurn)
        }}
        turn={turnNow(layer, stored, timezone, serverNow())}
        error={errorWithin(form.errors, `${path}.users`)}
      />
      <RestrictionFields
        of={place}
        value={layer.restrictions}
        onChange={(restrictions) => form.setFieldValue(`${path}.restrictions`, restrictions)}
        errors={form.errors}
        path={`${path}.restrictions`}
      />
    </li>
  )
}

import { ActionIcon, Group, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import type { FormErrors, UseFormReturnType } from '@mantine/form'
import type { KeyboardEvent } from 'react'
import type { EscalationPolicy } from '../../../../api/schemas/escalation-policy.ts'
import { LIMITS } from '../../../../limits.ts'
import { DownIcon, TrashIcon, UpIcon } from '../../../parts/icons.tsx'
import { NumberField } from '../../../parts/NumberField.tsx'
import type { Draft, RuleDraft } from './draft.ts'
import classes from './ProcessingForm.module.css'

const ACTIONS: Record<RuleDraft['action'], string> = {
  CONTINUE: 'Go on with the next rule',
  ACCEPT: 'Accept: take the event, look at no further rule',
  DROP: 'Drop: write it in the event log, do nothing',
}

const AS_IT_IS = { value: '', label: 'as it is' }

interface RuleFieldsProps {
  form: UseFormReturnType<Draft>
  index: number
  policies: EscalationPolicy[]
  onMove: (to: number) => void
  onRemove: () => void
}

export function RuleFields({ form, index, policies, onMove, onRemove }: RuleFieldsProps) {
  const rule = form.values.rules[index]
  if (!rule) return null
  const path = `rules.${index}` as const
  const title = `Rule ${index + 1}`
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? index - 1 : index + 1)
  }
  return (
    <li className={classes.rule} aria-label={rule.name ? `${title}: ${rule.name}` : title} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        {title}
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            aria-label={`Move rule ${index + 1} up`}
            data-rule-act={`up ${index}`}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          >
            <UpIcon />
          </ActionIcon>
          <ActionIcon
            aria-label={`Move rule ${index + 1} down`}
            data-rule-act={`down ${index}`}
            disabled={index === form.values.rules.length - 1}
            onClick={() => onMove(index + 1)}
          >
            <DownIcon />
          </ActionIcon>
          <ActionIcon aria-label={`Remove rule ${index + 1}`} data-rule-act={`remove ${index}`} onClick={onRemove}>
            <TrashIcon />
          </ActionIcon>
        </Group>
      </div>
      <TextInput label="Name" placeholder="Database team" maxLength={100} {...form.getInputProps(`${path}.name`)} />
      <Textarea
        label="If"
        placeholder={'event.labels.team == "db" && event.severity <= 2'}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={LIMITS.ruleCharacters}
        spellCheck={false}
        classNames={{ input: classes.code }}
        {...form.getInputProps(`${path}.condition`)}
      />
      <NativeSelect
        label="Then"
        data={Object.entries(ACTIONS).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps(`${path}.action`)}
      />
      {rule.action !== 'DROP' && <Effects form={form} rule={rule} path={path} policies={policies} />}
    </li>
  )
}

interface EffectsProps extends Pick<RuleFieldsProps, 'form' | 'policies'> {
  rule: RuleDraft
  path: `rules.${number}`
}

/** What the rule sets of an event that is not dropped. */
function Effects({ form, rule, path, policies }: EffectsProps) {
  return (
    <>
      <div className={classes.effects}>
        <NativeSelect
          label="Priority"
          data={[AS_IT_IS, { value: 'HIGH', label: 'High' }, { value: 'LOW', label: 'Low' }]}
          {...form.getInputProps(`${path}.priority`)}
        />
        <NativeSelect
          label="Severity"
          data={[
            AS_IT_IS,
            { value: '1', label: '1, the worst' },
            '2',
            '3',
            '4',
            { value: '5', label: '5, the mildest' },
          ]}
          {...form.getInputProps(`${path}.severity`)}
        />
        <NativeSelect
          label="Escalation policy"
          data={[
            { value: '', label: 'the source’s' },
            ...policies.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          {...form.getInputProps(`${path}.escalationPolicy`)}
          error={errorUnder(form.errors, `${path}.escalationPolicy`)}
        />
      </div>
      <Textarea
        label="Labels"
        description="One a line, such as team=db"
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        classNames={{ input: classes.code }}
        {...form.getInputProps(`${path}.labels`)}
        error={errorUnder(form.errors, `${path}.labels`)}
      />
      <Switch
        label="Hold back single events"
        description="Nothing opens until enough of the same problem came in time"
        checked={rule.suppress !== null}
        onChange={({ currentTarget }) =>
          form.setFieldValue(`${path}.suppress`, currentTarget.checked ? { events: 3, minutes: 5 } : null)
        }
      />
      {rule.suppress && (
        <div className={classes.held}>
          until
          <NumberField aria-label="Events" min={2} w={90} {...form.getInputProps(`${path}.suppress.events`)} />
          events came in
          <NumberField aria-label="Minutes" min={1} w={90} {...form.getInputProps(`${path}.suppress.minutes`)} />
          minutes
        </div>
      )}
    </>
  )
}

/** What is wrong with a field that is one here and several for the API. */
function errorUnder(errors: FormErrors, path: string) {
  const at = Object.keys(errors).find((field) => field === path || field.startsWith(`${path}.`))
  return at && errors[at]
}

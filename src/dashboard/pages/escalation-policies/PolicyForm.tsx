import { Button, Group, Input, Stack, Switch, TextInput } from '@mantine/core'
import type { EscalationPolicy } from '../../../api/schemas/escalation-policy.ts'
import { LIMITS } from '../../../limits.ts'
import { saveEscalationPolicy } from '../../data/escalation-policies.ts'
import { useSchemaForm } from '../../parts/form.ts'
import { PlusIcon } from '../../parts/icons.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { NumberField } from '../../parts/NumberField.tsx'
import { LevelFields } from './LevelFields.tsx'
import classes from './PolicyForm.module.css'

interface PolicyFormProps {
  policy: EscalationPolicy | null
  onSaved: (policy: EscalationPolicy) => void
  onCancel: () => void
}

const NEW_LEVEL = { escalationTimeout: 5, users: [], schedules: [] }

export function PolicyForm({ policy, onSaved, onCancel }: PolicyFormProps) {
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/escalation-policy.ts')).escalationPolicyInput,
    initialValues: {
      name: policy?.name ?? '',
      escalationRules: policy?.escalationRules ?? [NEW_LEVEL],
      repeating: policy?.repeating ?? false,
      frequency: policy?.frequency ?? 1,
      delayMin: policy?.delayMin ?? 0,
    },
    save: (input) => saveEscalationPolicy(policy?.id ?? null, input),
    onSaved,
  })
  const levels = form.values.escalationRules

  return (
    <form {...formProps}>
      <Stack gap="md">
        <TextInput label="Name" placeholder="Web team" {...form.getInputProps('name')} />
        <NumberField
          label="Delay in minutes"
          description="Before the first level is paged"
          min={0}
          max={LIMITS.initialDelayMinutes}
          w={280}
          {...form.getInputProps('delayMin')}
        />
        <ol className={classes.levels} aria-label="Levels">
          {levels.map((_, index) => (
            <LevelFields
              // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place; all that it shows is in the form
              key={index}
              form={form}
              index={index}
              last={index === levels.length - 1}
            />
          ))}
        </ol>
        {form.errors.escalationRules && <Input.Error>{form.errors.escalationRules}</Input.Error>}
        <div>
          <Button
            leftSection={<PlusIcon />}
            disabled={levels.length >= LIMITS.levelsPerPolicy}
            onClick={() => form.insertListItem('escalationRules', NEW_LEVEL)}
          >
            Add level
          </Button>
        </div>
        <Switch
          label="Repeat"
          description="Begin with the first level again when nobody has answered"
          {...form.getInputProps('repeating', { type: 'checkbox' })}
        />
        {form.values.repeating && (
          <NumberField
            label="Times through the levels"
            min={1}
            max={LIMITS.policyPasses}
            w={220}
            {...form.getInputProps('frequency')}
          />
        )}
        {problem && <Problem>{problem}</Problem>}
        <Group>
          <Button type="submit" variant="filled" loading={saving}>
            {policy ? 'Save' : 'Create escalation policy'}
          </Button>
          <Button variant="subtle" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

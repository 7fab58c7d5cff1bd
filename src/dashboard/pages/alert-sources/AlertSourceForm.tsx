import { Button, Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type { AlertSource, alertSourceInput } from '../../../api/schemas/alert-source.ts'
import { saveAlertSource } from '../../data/alert-sources.ts'
import { escalationPoliciesQuery } from '../../data/escalation-policies.ts'
import { DurationInput } from '../../parts/DurationInput.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'

type Fields = z.input<typeof alertSourceInput>

const MODES: Record<NonNullable<Fields['incidentCreation']>, string> = {
  ONE_INCIDENT_PER_EMAIL: 'Each event opens an incident',
  ONE_INCIDENT_PER_EMAIL_SUBJECT: 'Events with the same summary join an open incident',
  ONE_PENDING_INCIDENT_ALLOWED: 'Events join the pending incident, if there is one',
  ONE_OPEN_INCIDENT_ALLOWED: 'Events join the open incident, if there is one',
  ONE_INCIDENT_GROUPED_PER_WINDOW: 'Events within a time window join one incident',
}

interface AlertSourceFormProps {
  source: AlertSource | null
  onSaved: (source: AlertSource) => void
  onCancel: () => void
}

export function AlertSourceForm({ source, onSaved, onCancel }: AlertSourceFormProps) {
  const { data: policies } = useSuspenseQuery(escalationPoliciesQuery)
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/alert-source.ts')).alertSourceInput,
    initialValues: initialFields(source, policies[0]?.id),
    save: (input) => saveAlertSource(source?.id ?? null, input),
    onSaved,
  })
  const { values, errors } = form

  return (
    <form {...formProps}>
      <Stack gap="md">
        <TextInput label="Name" placeholder="Prometheus production" {...form.getInputProps('name')} />
        <TextInput
          label="Short name"
          description="Begins the references of its incidents: PROM in PROM-42. Made from the name when empty."
          value={values.shortName ?? ''}
          onChange={({ currentTarget: { value } }) =>
            form.setFieldValue('shortName', value.toUpperCase().trim() || undefined)
          }
          error={errors.shortName}
          w={220}
          styles={{ description: { width: 'min(440px, 80vw)' } }}
        />
        <NativeSelect
          label="Escalation policy"
          description="Who is paged"
          value={String(values.escalationPolicy.id)}
          onChange={({ currentTarget }) => form.setFieldValue('escalationPolicy', { id: Number(currentTarget.value) })}
          error={errors.escalationPolicy ?? errors['escalationPolicy.id']}
          data={policies.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
        <NativeSelect
          label="Grouping"
          description="Events with the same incident key always join the open incident of that key."
          {...form.getInputProps('incidentCreation')}
          data={Object.entries(MODES).map(([value, label]) => ({ value, label }))}
        />
        {values.incidentCreation === 'ONE_INCIDENT_GROUPED_PER_WINDOW' && (
          <DurationInput
            label="Time window"
            value={values.incidentGroupingWindow ?? null}
            onChange={(window) => form.setFieldValue('incidentGroupingWindow', window)}
            error={errors.incidentGroupingWindow}
          />
        )}
        <DurationInput
          label="Resolve by itself"
          description="When no event came for this long"
          value={values.autoResolutionTimeout ?? null}
          onChange={(timeout) => form.setFieldValue('autoResolutionTimeout', timeout)}
          error={errors.autoResolutionTimeout}
        />
        <NativeSelect
          label="Priority"
          description="Of incidents whose event names none. Low priority never escalates."
          {...form.getInputProps('incidentPriorityRule')}
          data={[
            { value: 'HIGH', label: 'High' },
            { value: 'LOW', label: 'Low' },
          ]}
        />
        <Switch
          label="Active"
          description="While it is not, its events are refused"
          {...form.getInputProps('active', { type: 'checkbox' })}
        />
        {problem && <Problem>{problem}</Problem>}
        <Group>
          <Button type="submit" variant="filled" loading={saving}>
            {source ? 'Save' : 'Create alert source'}
          </Button>
          <Button variant="subtle" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function initialFields(source: AlertSource | null, firstPolicy: number | undefined): Fields {
  if (!source) {
    return {
      name: '',
      escalationPolicy: { id: firstPolicy ?? 0 },
      active: true,
      integrationType: 'API',
      incidentCreation: 'ONE_INCIDENT_PER_EMAIL',
      incidentGroupingWindow: null,
      autoResolutionTimeout: null,
      incidentPriorityRule: 'HIGH',
    }
  }
  return {
    name: source.name,
    shortName: source.shortName,
    escalationPolicy: { id: source.escalationPolicy.id },
    active: source.active,
    integrationType: source.integrationType,
    incidentCreation: source.incidentCreation,
    incidentGroupingWindow: source.incidentGroupingWindow ?? null,
    autoResolutionTimeout: source.autoResolutionTimeout ?? null,
    incidentPriorityRule: source.incidentPriorityRule,
  }
}

import { Button, Group, NativeSelect, PasswordInput, Stack, Switch, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type * as z from 'zod'
import type { AlertSource, alertSourceInput } from '../../../api/schemas/alert-source.ts'
import type { IntegrationTypeInfo } from '../../../api/schemas/integration-type.ts'
import { inputOf } from '../../data/alert-source-input.ts'
import { saveAlertSource } from '../../data/alert-sources.ts'
import { escalationPoliciesQuery } from '../../data/escalation-policies.ts'
import { supportHoursListQuery } from '../../data/support-hours.ts'
import { DurationInput } from '../../parts/DurationInput.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { NumberField } from '../../parts/NumberField.tsx'
import { MailFields } from './fields/MailFields.tsx'
import { SmsFields } from './fields/SmsFields.tsx'
import { HeartbeatFields, NEW_HEARTBEAT } from './heartbeat/HeartbeatFields.tsx'

type Fields = z.input<typeof alertSourceInput>

const MODES: Record<NonNullable<Fields['incidentCreation']>, string> = {
  ONE_INCIDENT_PER_EMAIL: 'Each event opens an incident',
  ONE_INCIDENT_PER_EMAIL_SUBJECT: 'Events with the same summary join an open incident',
  ONE_PENDING_INCIDENT_ALLOWED: 'Events join the pending incident, if there is one',
  ONE_OPEN_INCIDENT_ALLOWED: 'Events join the open incident, if there is one',
  ONE_INCIDENT_GROUPED_PER_WINDOW: 'Events within a time window join one incident',
}

const PRIORITIES: Record<NonNullable<Fields['incidentPriorityRule']>, string> = {
  HIGH: 'High',
  LOW: 'Low',
  HIGH_DURING_SUPPORT_HOURS: 'High during support hours, low outside',
  LOW_DURING_SUPPORT_HOURS: 'Low during support hours, high outside',
}

interface AlertSourceFormProps {
  source: AlertSource | null
  /** What kind of source it is. */
  type: IntegrationTypeInfo
  onSaved: (source: AlertSource) => void
  onCancel: () => void
}

export function AlertSourceForm({ source, type, onSaved, onCancel }: AlertSourceFormProps) {
  const { data: policies } = useSuspenseQuery(escalationPoliciesQuery)
  const { data: supportHours } = useSuspenseQuery(supportHoursListQuery)
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/alert-source.ts')).alertSourceInput,
    initialValues: source ? inputOf(source) : newFields(type.type, suggestedName(type), policies[0]?.id),
    save: (input) => saveAlertSource(source?.id ?? null, input),
    onSaved,
  })
  const { values, errors } = form
  const byHours = values.incidentPriorityRule?.endsWith('SUPPORT_HOURS')

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
        {values.integrationType === 'HEARTBEAT' && (
          <HeartbeatFields
            value={values.heartbeat ?? NEW_HEARTBEAT}
            onChange={(heartbeat) => form.setFieldValue('heartbeat', heartbeat)}
            errors={errors}
          />
        )}
        {values.integrationType === 'EMAIL' && (
          <MailFields value={values} onChange={(mail) => form.setValues(mail)} errors={errors} />
        )}
        {values.integrationType === 'SMS' && (
          <SmsFields
            value={values.sms ?? { number: '' }}
            onChange={(sms) => form.setFieldValue('sms', sms)}
            errors={errors}
          />
        )}
        {type.signature && (
          <PasswordInput
            label={type.signature.secretName}
            description={
              source?.hasSigningSecret
                ? 'One is set, and requests without its signature are refused. Leave it empty to keep it.'
                : 'Where the tool signs its requests: those without a valid signature are refused then. Empty: the key is enough.'
            }
            autoComplete="off"
            value={values.signingSecret ?? ''}
            onChange={({ currentTarget }) => form.setFieldValue('signingSecret', currentTarget.value || undefined)}
            error={errors.signingSecret}
          />
        )}
        {source?.hasSigningSecret && (
          <Switch
            label="Remove the secret"
            description="Signatures are not checked any more"
            checked={values.signingSecret === ''}
            onChange={({ currentTarget }) =>
              form.setFieldValue('signingSecret', currentTarget.checked ? '' : undefined)
            }
          />
        )}
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
          data={Object.entries(PRIORITIES).map(([value, label]) => ({ value, label }))}
        />
        {byHours && (
          <>
            <NativeSelect
              label="Support hours"
              value={String(values.supportHours?.id ?? '')}
              onChange={({ currentTarget }) =>
                form.setFieldValue('supportHours', currentTarget.value ? { id: Number(currentTarget.value) } : null)
              }
              error={errors.supportHours ?? errors['supportHours.id']}
              data={[
                { value: '', label: 'Choose …' },
                ...supportHours.map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
            />
            <p className="dim">
              <Link to="/support-hours">
                {supportHours.length === 0 ? 'Create support hours first' : 'Edit support hours'}
              </Link>
            </p>
          </>
        )}
        {values.incidentPriorityRule === 'HIGH_DURING_SUPPORT_HOURS' && (
          <Switch
            label="Raise when support hours begin"
            description="Incidents that are still pending then become high and page anew"
            {...form.getInputProps('autoRaiseIncidents', { type: 'checkbox' })}
          />
        )}
        <details>
          <summary>Flapping and storms</summary>
          <Stack gap="md" mt="sm">
            <DurationInput
              label="Resolve only after"
              description="A problem that comes back within this time stays the same incident, and pages nobody anew."
              value={values.resolveDelay ?? null}
              onChange={(delay) => form.setFieldValue('resolveDelay', delay)}
              error={errors.resolveDelay}
            />
            <NumberField
              label="Open incidents at most"
              description="Further events are collected in one incident that says so. 1,000 when empty."
              min={1}
              value={values.maxOpenIncidents ?? undefined}
              onChange={(most) => form.setFieldValue('maxOpenIncidents', most ?? null)}
              error={errors.maxOpenIncidents}
              w={220}
            />
            <NumberField
              label="Events a minute at most"
              description="Senders are told to wait above that. 10,000 when empty."
              min={1}
              value={values.eventsPerMinute ?? undefined}
              onChange={(most) => form.setFieldValue('eventsPerMinute', most ?? null)}
              error={errors.eventsPerMinute}
              w={220}
            />
          </Stack>
        </details>
        <Switch
          label="Active"
          description="While it is not, its events open nothing; the log lists them"
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

/** The fields of a new source of a kind. Mails and heartbeats have settings without which they mean nothing. */
function newFields(type: string, name: string, firstPolicy: number | undefined): Fields {
  return {
    name,
    escalationPolicy: { id: firstPolicy ?? 0 },
    active: true,
    integrationType: type,
    incidentCreation: type === 'EMAIL' ? 'ONE_INCIDENT_PER_EMAIL_SUBJECT' : 'ONE_INCIDENT_PER_EMAIL',
    incidentGroupingWindow: null,
    autoResolutionTimeout: null,
    incidentPriorityRule: 'HIGH',
    ...(type === 'SMS' && { sms: { number: '' } }),
    ...(type === 'HEARTBEAT' && { heartbeat: NEW_HEARTBEAT }),
  }
}

/** "Prometheus Alertmanager" for the tool; of our own kinds people name what reports. */
function suggestedName({ category, name }: IntegrationTypeInfo): string {
  return category === 'own' ? '' : name
}

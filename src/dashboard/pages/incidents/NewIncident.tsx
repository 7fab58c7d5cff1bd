import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { alertSourcesQuery } from '../../data/alert-sources.ts'
import { openByHand } from '../../data/incidents.ts'
import { usersQuery } from '../../data/users.ts'
import { useSchemaForm } from '../../parts/form.ts'
import { Empty, Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { PeoplePicker } from '../../parts/PeoplePicker.tsx'

export function NewIncident() {
  const { data: sources } = useSuspenseQuery(alertSourcesQuery)
  const above = <Link to="/incidents">Incidents</Link>
  const first = sources.find(({ active }) => active) ?? sources[0]
  return (
    <Page title="New incident" above={above} narrow>
      {first ? (
        <NewIncidentForm sources={sources} first={first.id} />
      ) : (
        <Empty title="There is no alert source yet">
          <p>
            An incident belongs to an alert source, whose escalation policy says who is paged.{' '}
            <Link to="/alert-sources">Go to the alert sources</Link>
          </p>
        </Empty>
      )}
    </Page>
  )
}

function NewIncidentForm({ sources, first }: { sources: { id: number; name: string }[]; first: number }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { data: users = [] } = useQuery(usersQuery)
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/incident.ts')).manualIncident,
    initialValues: {
      summary: '',
      details: '',
      alertSource: { id: first },
      priority: null,
      severity: null,
      responders: [],
    },
    save: ({ responders, details, ...report }) =>
      openByHand({ ...report, details: details || null, ...(responders?.length && { responders }) }),
    onSaved: ({ reference }) => {
      queryClient.invalidateQueries({ queryKey: ['incidents'] })
      navigate({ to: '/incidents/$incident', params: { incident: reference } })
    },
  })
  const { values } = form

  return (
    <form {...formProps}>
      <Stack gap="md">
        <TextInput label="Summary" placeholder="What is wrong" {...form.getInputProps('summary')} />
        <Textarea label="Details" autosize minRows={3} maxRows={12} {...form.getInputProps('details')} />
        <NativeSelect
          label="Alert source"
          description="Its escalation policy says who is paged"
          value={String(values.alertSource.id)}
          onChange={({ currentTarget }) => form.setFieldValue('alertSource', { id: Number(currentTarget.value) })}
          error={form.errors.alertSource ?? form.errors['alertSource.id']}
          data={sources.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
        <Group grow align="start">
          <NativeSelect
            label="Priority"
            value={values.priority ?? ''}
            onChange={({ currentTarget: { value } }) =>
              form.setFieldValue('priority', value === 'HIGH' || value === 'LOW' ? value : null)
            }
            error={form.errors.priority}
            data={[
              { value: '', label: 'As the source says' },
              { value: 'HIGH', label: 'High' },
              { value: 'LOW', label: 'Low' },
            ]}
          />
          <NativeSelect
            label="Severity"
            value={values.severity ?? ''}
            onChange={({ currentTarget: { value } }) => form.setFieldValue('severity', value ? Number(value) : null)}
            error={form.errors.severity}
            data={[
              { value: '', label: 'Not said' },
              { value: '1', label: '1 (worst)' },
              '2',
              '3',
              '4',
              { value: '5', label: '5 (mildest)' },
            ]}
          />
        </Group>
        <PeoplePicker
          label="Page only these people (optional)"
          description="Instead of the escalation policy, with no further escalation"
          users={users}
          value={(values.responders ?? []).map(({ user }) => user.id)}
          onChange={(ids) =>
            form.setFieldValue(
              'responders',
              ids.map((id) => ({ user: { id } })),
            )
          }
          error={form.errors.responders}
        />
        {problem && <Problem>{problem}</Problem>}
        <Group>
          <Button type="submit" variant="filled" loading={saving}>
            Open incident
          </Button>
          <Button variant="subtle" renderRoot={(props) => <Link to="/incidents" {...props} />}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

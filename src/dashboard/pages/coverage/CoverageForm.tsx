import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Schedule } from '../../../api/schemas/schedule.ts'
import { askForCover } from '../../data/coverage-requests.ts'
import { currentUserQuery } from '../../data/session.ts'
import { usersQuery } from '../../data/users.ts'
import { announce } from '../../parts/announce.tsx'
import { serverNow } from '../../parts/clock.ts'
import { useSchemaForm } from '../../parts/form.ts'
import { Problem } from '../../parts/Notice.tsx'
import { OWN_ZONE } from '../../parts/own-zone.ts'
import { PeoplePicker } from '../../parts/PeoplePicker.tsx'
import { Times } from '../schedules/overrides/Times.tsx'
import { ZonedTimeField } from '../schedules/overrides/ZonedTimeField.tsx'

interface CoverageFormProps {
  schedule: Schedule
  /** ISO-8601 instants. Of the whole shift: a part of it may be asked for. */
  start: string
  end: string
}

export function CoverageForm({ schedule, start, end }: CoverageFormProps) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const { data: users } = useSuspenseQuery(usersQuery)
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/schedule.ts')).coverageRequestInput,
    initialValues: {
      schedule: { id: schedule.id },
      start: notBeforeNow(start),
      end,
      users: [] as { id: number }[],
      message: '' as string | null | undefined,
    },
    save: (input) => askForCover({ ...input, start: notBeforeNow(input.start) }),
    onSaved: (request) => {
      queryClient.invalidateQueries({ queryKey: ['coverage-requests'] })
      announce('Asked. You are told as soon as somebody takes it; until then you stay on call.')
      navigate({ to: '/coverage/$id', params: { id: request.id } })
    },
  })
  const { values } = form
  const interval = { start: Date.parse(values.start), end: Date.parse(values.end) }
  const inputOf = (field: 'start' | 'end') => ({
    zone: OWN_ZONE,
    value: values[field],
    onChange: (value: string) => form.setFieldValue(field, value),
    error: form.errors[field],
  })
  return (
    <form {...formProps}>
      <Stack gap="md">
        <p>
          Somebody else is to be on call for{' '}
          <Link to="/schedules/$id" params={{ id: schedule.id }}>
            {schedule.name}
          </Link>
          : for all of the shift, or for a part of it. Times in {OWN_ZONE}.
        </p>
        <Group align="flex-start">
          <ZonedTimeField label="From" {...inputOf('start')} />
          <ZonedTimeField label="Until" {...inputOf('end')} />
        </Group>
        {interval.end > interval.start && <Times interval={interval} zones={[OWN_ZONE, schedule.timezone]} />}
        <PeoplePicker
          label="Whom to ask"
          description="The first to accept has it; the others are told that they need do nothing."
          users={users.filter(({ id }) => id !== me.id)}
          value={values.users.map(({ id }) => id)}
          onChange={(ids) =>
            form.setFieldValue(
              'users',
              ids.map((id) => ({ id })),
            )
          }
          error={form.errors.users}
        />
        <Textarea
          label="Message (optional)"
          placeholder="My daughter’s school play"
          autosize
          minRows={2}
          maxRows={6}
          {...form.getInputProps('message')}
        />
        {problem && <Problem>{problem}</Problem>}
        <Group>
          <Button type="submit" variant="filled" loading={saving}>
            Ask for cover
          </Button>
          <Button variant="subtle" renderRoot={(props) => <Link to="/on-call" {...props} />}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What is over of a running shift can't be taken over. */
function notBeforeNow(start: string): string {
  return Date.parse(start) < serverNow() ? new Date(serverNow()).toISOString() : start
}

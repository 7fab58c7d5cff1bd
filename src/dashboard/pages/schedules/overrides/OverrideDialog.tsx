import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { Override, Schedule } from '../../../../api/schemas/schedule.ts'
import { currentUserQuery } from '../../../data/session.ts'
import { fullName, usersQuery } from '../../../data/users.ts'
import { useClock } from '../../../parts/clock.ts'
import { Dialog } from '../../../parts/Dialog.tsx'
import { useSchemaForm } from '../../../parts/form.ts'
import { Problem } from '../../../parts/Notice.tsx'
import { OWN_ZONE } from '../../../parts/own-zone.ts'
import { zoneLabel } from '../../../parts/zoned-time.ts'
import { useOverrideActs } from './override-acts.ts'
import { Times } from './Times.tsx'
import { ZonedTimeField } from './ZonedTimeField.tsx'

interface OverrideDialogProps {
  schedule: Schedule
  /** In which times are shown and typed. */
  zone: string
  /** Of a new one. Epoch milliseconds. */
  initial?: { start: number; end: number }
  /** The one to change. */
  override?: Override
  onClose: () => void
}

/** Somebody else is on call for a while: a new override, or one that is changed, ended or deleted. */
export function OverrideDialog({ schedule, zone, initial, override, onClose }: OverrideDialogProps) {
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const { data: users = [me] } = useQuery(usersQuery)
  const acts = useOverrideActs(schedule, zone)
  const { form, saving, problem, formProps } = useSchemaForm({
    schema: async () => (await import('../../../../api/schemas/schedule.ts')).shiftInput,
    initialValues: override
      ? { user: { id: override.user.id }, start: override.start, end: override.end }
      : {
          user: { id: me.id },
          start: new Date(initial?.start ?? 0).toISOString(),
          end: new Date(initial?.end ?? 0).toISOString(),
        },
    save: (input) => (override ? acts.change(override, input) : acts.add(input)),
    onSaved: onClose,
  })
  // What has been stays: of one that runs, only the end can change.
  const running = useClock((now) => override !== undefined && Date.parse(override.start) <= now)
  const { start, end } = form.values
  const inputOf = (field: 'start' | 'end') => ({
    onChange: (value: string) => form.setFieldValue(field, value),
    error: form.errors[field],
  })
  const interval = { start: Date.parse(start), end: Date.parse(end) }

  return (
    <Dialog title={override ? `Override by ${fullName(override.user)}` : 'New override'} onClose={onClose}>
      <form {...formProps}>
        <Stack gap="md">
          <p className="dim">
            {schedule.name}: this person is on call instead of whoever it would be. Times in{' '}
            {zoneLabel(zone, interval.start || Date.now())}.
          </p>
          <NativeSelect
            label="Who is on call"
            description={
              me.role === 'ADMIN' ? undefined : 'Others only for a shift of yours; for anything else, yourself'
            }
            disabled={running}
            value={String(form.values.user.id)}
            onChange={({ currentTarget }) => form.setFieldValue('user', { id: Number(currentTarget.value) })}
            error={form.errors.user ?? form.errors['user.id']}
            data={users.map((user) => ({
              value: String(user.id),
              label: user.id === me.id ? `${fullName(user)} (me)` : fullName(user),
            }))}
          />
          <ZonedTimeField label="From" disabled={running} zone={zone} value={start} {...inputOf('start')} />
          <ZonedTimeField label="Until" zone={zone} value={end} {...inputOf('end')} />
          {interval.end > interval.start && <Times interval={interval} zones={[schedule.timezone, OWN_ZONE]} />}
          {problem && <Problem>{problem}</Problem>}
          <Group justify="space-between">
            {override ? <EndOverride running={running} end={() => acts.remove(override)} onDone={onClose} /> : <span />}
            <Group gap="xs">
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" variant="filled" loading={saving}>
                {override ? 'Save' : 'Override'}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

interface EndOverrideProps {
  running: boolean
  end: () => Promise<void>
  onDone: () => void
}

function EndOverride({ running, end, onDone }: EndOverrideProps) {
  const { mutate, isPending, error } = useMutation({ mutationFn: end, onSuccess: onDone })
  return (
    <Stack gap="xs">
      <Button loading={isPending} onClick={() => mutate()}>
        {running ? 'End now' : 'Delete'}
      </Button>
      {error && <Problem>{error.message}</Problem>}
    </Stack>
  )
}

import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { NotificationSettings } from '../../../api/schemas/notification-settings.ts'
import type { User } from '../../../api/schemas/user.ts'
import { notificationSettingsQuery, saveNotificationSettings } from '../../data/notification-settings.ts'
import { Problem } from '../../parts/Notice.tsx'
import { Section } from '../../parts/Page.tsx'
import { momentIn } from '../../parts/zoned-time.ts'

const HOUR_MS = 60 * 60_000

/** When a person is not told of incidents. */
export function QuietTimes({ user: { id, timezone }, editable }: { user: User; editable: boolean }) {
  const queryClient = useQueryClient()
  const { data: settings } = useSuspenseQuery(notificationSettingsQuery(id))
  const [hours, setHours] = useState(settings.quietHours ?? { from: '22:00', to: '07:00' })
  const save = useMutation({
    mutationFn: (changes: Partial<NotificationSettings>) => saveNotificationSettings(id, { ...settings, ...changes }),
    onSuccess: (saved) => queryClient.setQueryData(notificationSettingsQuery(id).queryKey, saved),
  })
  const mute = (forHours: number) =>
    save.mutate({ mutedUntil: new Date(Date.now() + forHours * HOUR_MS).toISOString() })
  const { mutedUntil, quietHours } = settings
  return (
    <Section title="Quiet times">
      <p>
        {mutedUntil
          ? `Muted until ${momentIn(timezone, Date.parse(mutedUntil))}: urgent incidents go on to the next level at once.`
          : 'Not muted.'}{' '}
        {quietHours
          ? `Low priority waits from ${quietHours.from} to ${quietHours.to} (${timezone}).`
          : 'Low priority is told at any hour.'}
      </p>
      {editable && (
        <>
          <Group gap="xs" mb="xs">
            <Button disabled={save.isPending} onClick={() => mute(1)}>
              Mute for 1 h
            </Button>
            <Button disabled={save.isPending} onClick={() => mute(4)}>
              Mute for 4 h
            </Button>
            {mutedUntil && (
              <Button disabled={save.isPending} onClick={() => save.mutate({ mutedUntil: null })}>
                Unmute
              </Button>
            )}
          </Group>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              save.mutate({ quietHours: hours })
            }}
          >
            <Group align="flex-end" gap="xs">
              <TextInput
                type="time"
                label="Quiet from"
                required
                value={hours.from}
                onChange={({ currentTarget: { value } }) => setHours((before) => ({ ...before, from: value }))}
              />
              <TextInput
                type="time"
                label="to"
                required
                value={hours.to}
                onChange={({ currentTarget: { value } }) => setHours((before) => ({ ...before, to: value }))}
              />
              <Button type="submit" disabled={save.isPending}>
                Save quiet hours
              </Button>
              {quietHours && (
                <Button variant="subtle" disabled={save.isPending} onClick={() => save.mutate({ quietHours: null })}>
                  No quiet hours
                </Button>
              )}
            </Group>
          </form>
          {save.error && <Problem>{save.error.message}</Problem>}
        </>
      )}
    </Section>
  )
}

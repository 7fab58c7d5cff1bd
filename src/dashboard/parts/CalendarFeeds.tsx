import { ActionIcon, Button, Stack } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CalendarFeed } from '../../api/schemas/schedule.ts'
import { calendarFeedsQuery, createCalendarFeed, revokeCalendarFeed } from '../data/calendar-feeds.ts'
import { CopyField } from './CopyField.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import { TrashIcon } from './icons.tsx'
import { Problem } from './Notice.tsx'
import { Row, Rows } from './Row.tsx'
import { ExactTime, RelativeTime } from './time.tsx'

/** My addresses at which calendars read my own shifts, in all schedules. */
export function OwnFeeds() {
  return (
    <Feeds scheduleId={null} about="Your shifts in all schedules, as a calendar that Google, Apple or Outlook reads." />
  )
}

/** My addresses at which calendars read everybody's shifts in one schedule. */
export function ScheduleFeeds({ scheduleId }: { scheduleId: number }) {
  return (
    <Feeds
      scheduleId={scheduleId}
      about="Everybody’s shifts in this schedule, as a calendar that Google, Apple or Outlook reads."
    />
  )
}

function Feeds({ scheduleId, about }: { scheduleId: number | null; about: string }) {
  const queryClient = useQueryClient()
  const { data: all = [], error } = useQuery(calendarFeedsQuery)
  const [revoking, setRevoking] = useState<CalendarFeed | null>(null)
  const refetch = () => queryClient.invalidateQueries({ queryKey: calendarFeedsQuery.queryKey })
  const create = useMutation({ mutationFn: () => createCalendarFeed(scheduleId), onSuccess: refetch })
  const feeds = all.filter(({ schedule }) => (schedule?.id ?? null) === scheduleId)
  const problem = error ?? create.error

  return (
    <Stack gap="sm">
      <p className="dim">{about}</p>
      {feeds.length > 0 && (
        <Rows label="Calendar addresses">
          {feeds.map((feed) => (
            <Row
              key={feed.id}
              title={
                <>
                  Made <ExactTime instant={feed.createdAt} />
                </>
              }
              actions={
                <ActionIcon aria-label={`Revoke the calendar address ${feed.id}`} onClick={() => setRevoking(feed)}>
                  <TrashIcon />
                </ActionIcon>
              }
            >
              {feed.lastUsedAt ? (
                <>
                  last read <RelativeTime instant={feed.lastUsedAt} />
                </>
              ) : (
                'never read'
              )}
            </Row>
          ))}
        </Rows>
      )}
      {create.data && <NewAddress url={create.data.url} />}
      <div>
        <Button loading={create.isPending} onClick={() => create.mutate()}>
          Create calendar address
        </Button>
      </div>
      {problem && <Problem>{problem.message}</Problem>}
      {revoking && (
        <DeleteDialog
          title="Revoke this calendar address?"
          confirm="Revoke"
          act={() => revokeCalendarFeed(revoking.id)}
          onDone={() => {
            if (create.data?.id === revoking.id) create.reset()
            setRevoking(null)
            refetch()
          }}
          onClose={() => setRevoking(null)}
        >
          Calendars that read it get nothing more from then on.
        </DeleteDialog>
      )}
    </Stack>
  )
}

function NewAddress({ url }: { url: string }) {
  return (
    <div role="status">
      <p>The address, shown only now. Whoever has it can read these shifts.</p>
      <CopyField label="Calendar address" value={url} />
      <p className="dim small">
        Google Calendar: Other calendars, From URL. Apple Calendar: File, New Calendar Subscription. Outlook: Add
        calendar, Subscribe from web.
      </p>
    </div>
  )
}

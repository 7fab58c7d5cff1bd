import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { Schedule } from '../../../../api/schemas/schedule.ts'
import type { Interval } from '../../../../on-call/model.ts'
import { DAY } from '../../../../on-call/wall-time.ts'
import { calendarQuery } from '../../../data/schedules.ts'
import { currentUserQuery } from '../../../data/session.ts'
import { useClock } from '../../../parts/clock.ts'
import { Dialog } from '../../../parts/Dialog.tsx'
import { Problem } from '../../../parts/Notice.tsx'
import { OWN_ZONE } from '../../../parts/own-zone.ts'
import { type Block, lanesOf } from '../calendar/lanes.ts'
import { useOverrideActs } from './override-acts.ts'
import { Times } from './Times.tsx'

interface ShiftDialogProps {
  schedule: Schedule
  zone: string
  block: Block
  onOverride: (interval: Interval) => void
  onAskForCover: (interval: Interval) => void
  onClose: () => void
}

/** A shift or a gap: who, from when to when, and what can be done about it. */
export function ShiftDialog({ schedule, zone, block, onOverride, onAskForCover, onClose }: ShiftDialogProps) {
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const now = useClock((instant) => Math.floor(instant / 60_000) * 60_000)
  const acts = useOverrideActs(schedule, zone)
  const { whole, known } = useWhole(schedule.id, block)
  const coming = { start: Math.max(whole.start, now), end: whole.end }
  const {
    mutate: takeOver,
    isPending,
    error,
  } = useMutation({
    mutationFn: () =>
      acts.add({
        user: { id: me.id },
        start: new Date(coming.start).toISOString(),
        end: new Date(coming.end).toISOString(),
      }),
    onSuccess: onClose,
  })
  const running = whole.start <= now && now < whole.end
  const mine = block.user?.id === me.id

  return (
    <Dialog title={titleOf(block, running)} onClose={onClose}>
      <Stack gap="md">
        {block.lane.kind === 'layer' && (
          <p className="dim">What {block.lane.name} says; layers below it and overrides beat it.</p>
        )}
        <Times interval={whole} zones={[schedule.timezone, OWN_ZONE]} />
        {error && <Problem>{error.message}</Problem>}
        {now < whole.end && (
          <Group gap="xs">
            {!mine && (
              <Button variant="filled" loading={isPending} disabled={!known} onClick={() => takeOver()}>
                {running ? 'Take over from now' : 'Take over'}
              </Button>
            )}
            <Button disabled={!known} onClick={() => onOverride(coming)}>
              Override …
            </Button>
            {block.user && (mine || me.role === 'ADMIN') && (
              <Button disabled={!known} onClick={() => onAskForCover(coming)}>
                Ask for cover
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Dialog>
  )
}

/** Shifts are cut to the days that are shown: how far one really goes is asked for around it. */
function useWhole(schedule: number, block: Block): { whole: Interval; known: boolean } {
  const { data, isPending, isPlaceholderData } = useQuery(
    calendarQuery(schedule, {
      from: new Date(block.start - REACH).toISOString(),
      until: new Date(block.end + REACH).toISOString(),
    }),
  )
  const lane = data && lanesOf(data).find(({ name, kind }) => name === block.lane.name && kind === block.lane.kind)
  const whole = lane?.blocks.find(
    ({ start, end, user }) => start <= block.start && end >= block.end && user?.id === block.user?.id,
  )
  return { whole: whole ?? block, known: !isPending && !isPlaceholderData }
}

/** Longer than a turn of a month. */
const REACH = 40 * DAY

function titleOf({ user, lane }: Block, running: boolean): string {
  if (!user) return running ? 'Nobody is on call' : 'Gap: nobody is on call'
  if (lane.kind === 'layer') return `${user.name} in ${lane.name}`
  return lane.kind === 'overrides' ? `Override by ${user.name}` : `${user.name} is on call`
}

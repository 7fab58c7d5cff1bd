import { useQueryClient } from '@tanstack/react-query'
import type { Override, Schedule, ShiftInput } from '../../../../api/schemas/schedule.ts'
import type { Interval } from '../../../../on-call/model.ts'
import { addOverride, changeOverride, deleteOverride, overridesQuery } from '../../../data/schedules.ts'
import { fullName } from '../../../data/users.ts'
import { announce, announceUndoable } from '../../../parts/announce.tsx'
import { serverNow } from '../../../parts/clock.ts'
import { intervalIn } from '../../../parts/zoned-time.ts'
import { effectiveParts } from './effective-parts.ts'

type ShownOverride = Pick<Override, 'id' | 'user' | 'start' | 'end'>

/** What can be done to a schedule's overrides; each says what it did and takes it back when asked to. */
export function useOverrideActs({ id: schedule }: Pick<Schedule, 'id'>, zone: string) {
  const queryClient = useQueryClient()
  /** Also who is on call everywhere else may have changed. */
  const refresh = () => {
    queryClient.invalidateQueries({ queryKey: ['schedules'] })
    queryClient.invalidateQueries({ queryKey: ['on-calls'] })
  }
  const report = (line: string, undo: () => Promise<unknown>) => {
    refresh()
    announceUndoable(line, () => {
      undo()
        .then(
          () => announce('Undone.'),
          (error: Error) => announce(error.message),
        )
        .finally(refresh)
    })
  }
  const restore = async (override: ShownOverride) => {
    const others = await queryClient.fetchQuery(overridesQuery(schedule, { from: override.start, until: override.end }))
    for (const { start, end } of effectiveParts(override, others)) {
      if (end > serverNow())
        await addOverride(schedule, notBeforeNow({ user: { id: override.user.id }, ...iso({ start, end }) }))
    }
  }
  const times = ({ start, end }: ShownOverride) => intervalIn(zone, { start: Date.parse(start), end: Date.parse(end) })

  return {
    async add(input: ShiftInput) {
      const made = await addOverride(schedule, notBeforeNow(input))
      report(`${fullName(made.user)} is on call ${times(made)}.`, () => deleteOverride(schedule, made.id))
    },
    async change(before: ShownOverride, input: ShiftInput) {
      const made = await changeOverride(schedule, before.id, input)
      report(`${fullName(made.user)} is on call ${times(made)}.`, () =>
        changeOverride(schedule, before.id, inputOf(before)),
      )
    },
    async remove(override: ShownOverride) {
      await deleteOverride(schedule, override.id)
      const ended = Date.parse(override.start) <= serverNow()
      report(`The override by ${fullName(override.user)} ${ended ? 'has ended' : 'is deleted'}.`, () =>
        restore(override),
      )
    },
  }
}

const inputOf = ({ user, start, end }: ShownOverride): ShiftInput => ({ user: { id: user.id }, start, end })

const iso = ({ start, end }: Interval) => ({ start: new Date(start).toISOString(), end: new Date(end).toISOString() })

/** While the form was filled in, its beginning may have passed: what is over can't be overridden. */
function notBeforeNow(input: ShiftInput): ShiftInput {
  return Date.parse(input.start) < serverNow() ? { ...input, start: new Date(serverNow()).toISOString() } : input
}

import { useMediaQuery } from '@mantine/hooks'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import type { Schedule } from '../../../../api/schemas/schedule.ts'
import type { Interval } from '../../../../on-call/model.ts'
import { DAY, HOUR } from '../../../../on-call/wall-time.ts'
import { VIEWS } from '../../../data/calendar-address.ts'
import { calendarQuery } from '../../../data/schedules.ts'
import { type CurrentUser, currentUserQuery } from '../../../data/session.ts'
import { Loading } from '../../../frame/states.tsx'
import { serverNow } from '../../../parts/clock.ts'
import { useKeys } from '../../../parts/keys.ts'
import { Problem } from '../../../parts/Notice.tsx'
import { OWN_ZONE } from '../../../parts/own-zone.ts'
import { personColors } from '../../../parts/person-color.ts'
import { CalendarKeys, OverrideDialog, ShiftDialog } from '../dialogs.ts'
import { membersOf } from '../members.ts'
import { Agenda } from './Agenda.tsx'
import { CalendarNotes } from './CalendarNotes.tsx'
import { type Block, blockOfPiece, lanesOf, peopleIn } from './lanes.ts'
import { shownDays } from './shown-days.ts'
import { Timeline } from './Timeline.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useCalendarAddress } from './use-calendar-address.ts'

export type Asked = 'override' | 'keys' | 'feeds' | null

interface CalendarProps {
  schedule: Schedule
  /** A dialog that the page's header asked for. */
  asked: Asked
  onAsk: (dialog: Asked) => void
}

type Opened = { block: Block } | { interval: Interval }

/** Below this, lanes are too narrow to read: who is on call is listed there, or drawn for a day. */
const PHONE = '(max-width: 600px)'

export function Calendar({ schedule, asked, onAsk }: CalendarProps) {
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false })
  const { view, date, zone, change, go } = useCalendarAddress(schedule, phone)
  const shown = shownDays(view, date, zone)
  const { data, error, isPlaceholderData } = useQuery(
    calendarQuery(schedule.id, {
      from: new Date(shown.start - MARGIN_MS).toISOString(),
      until: new Date(shown.end + MARGIN_MS).toISOString(),
    }),
  )
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => {
    setOpened(null)
    onAsk(null)
  }

  const override = () => {
    const { piece } = (document.activeElement as HTMLElement | null)?.dataset ?? {}
    const block = piece ? blockOfPiece(lanes, piece) : undefined
    if (block && block.end > serverNow()) setOpened(mayChange(block, me) ? { block } : { interval: comingOf(block) })
    else onAsk('override')
  }
  useKeys({
    t: () => go('today'),
    '[': () => go(-1),
    ']': () => go(1),
    ArrowLeft: () => go(-1),
    ArrowRight: () => go(1),
    l: () => change({ view: 'list' }),
    d: () => change({ view: 'day' }),
    w: () => change({ view: 'week' }),
    2: () => change({ view: 'two-weeks' }),
    m: () => change({ view: 'month' }),
    z: () => change({ zone: zone === OWN_ZONE ? undefined : 'mine' }),
    o: override,
    '?': () => onAsk('keys'),
  })

  const lanes = data ? lanesOf(data, schedule.showGaps) : []
  const members = membersOf(schedule)
  const colorOf = personColors(members)
  const present = peopleIn(lanes, shown)
  const people = [
    ...members.flatMap((id) => present.find((person) => person.id === id) ?? []),
    ...present.filter(({ id }) => !members.includes(id)),
  ]
  const asksForOverride = opened && 'interval' in opened ? opened.interval : asked === 'override' && suggested(shown)

  return (
    <>
      <Toolbar
        view={view}
        views={phone ? ['list', 'day'] : VIEWS}
        title={shown.title}
        zones={{ schedule: schedule.timezone, mine: OWN_ZONE, shown: zone, at: shown.start }}
        onGo={go}
        onChange={change}
      />
      {error && <Problem>{error.message}</Problem>}
      {!data && !error && <Loading />}
      {data && shown.axis && view !== 'list' && (
        <Timeline
          view={view}
          axis={shown.axis}
          lanes={lanes}
          colorOf={colorOf}
          stale={isPlaceholderData}
          onOpen={(block) => setOpened({ block })}
          onSelect={(interval) => setOpened({ interval })}
        />
      )}
      {data && !shown.axis && (
        <Agenda
          days={shown.days}
          zone={zone}
          blocks={lanes.find(({ kind }) => kind === 'final')?.blocks ?? []}
          colorOf={colorOf}
          stale={isPlaceholderData}
          onOpen={(block) => setOpened({ block })}
        />
      )}
      {data && (
        <CalendarNotes days={shown.days} zone={zone} people={people} colorOf={colorOf} drawn={shown.axis !== null} />
      )}
      <Suspense>
        {opened && 'block' in opened && mayChange(opened.block, me) && (
          <OverrideDialog schedule={schedule} zone={zone} override={opened.block.override} onClose={close} />
        )}
        {opened && 'block' in opened && !mayChange(opened.block, me) && (
          <ShiftDialog
            schedule={schedule}
            zone={zone}
            block={opened.block}
            onOverride={(interval) => setOpened({ interval })}
            onAskForCover={({ start, end }) =>
              navigate({
                to: '/coverage/new',
                search: {
                  schedule: schedule.id,
                  start: new Date(start).toISOString(),
                  end: new Date(end).toISOString(),
                },
              })
            }
            onClose={close}
          />
        )}
        {asksForOverride && (
          <OverrideDialog schedule={schedule} zone={zone} initial={asksForOverride} onClose={close} />
        )}
        {asked === 'keys' && <CalendarKeys onClose={close} />}
      </Suspense>
    </>
  )
}

/** An override that is not over, to whoever may change it; what was promised to a colleague, they can't take back alone. */
function mayChange({ override }: Block, me: CurrentUser): boolean {
  if (!override || Date.parse(override.end) <= serverNow()) return false
  return me.role === 'ADMIN' || (override.createdBy?.id === me.id && override.coverageRequest === null)
}

function comingOf({ start, end }: Interval): Interval {
  return { start: Math.max(start, serverNow()), end }
}

/** Asked for around what is shown, so that most shifts at its edge have their true ends: those of a week. */
const MARGIN_MS = 8 * DAY

const SUGGESTED_MS = 8 * HOUR

/** From the next full hour, or from where the shown days begin. */
function suggested(shown: Interval): Interval {
  const start = Math.max(shown.start, Math.ceil(serverNow() / HOUR) * HOUR)
  return { start, end: start + SUGGESTED_MS }
}

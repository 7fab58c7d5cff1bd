import { Link } from '@tanstack/react-router'
import type { PolicyOnCall } from '../../api/schemas/simulation.ts'
import { fullName } from '../data/users.ts'
import { LevelItem } from './LevelList.tsx'
import { NobodyOnCall } from './NobodyOnCall.tsx'
import { Moment } from './shift-time.tsx'

type Level = PolicyOnCall['levels'][number]

/** Whom a level would page now, through which schedule, and until when. */
export function LevelOnCall({ level, users, emptySchedules }: Level) {
  return (
    <LevelItem level={level}>
      {users.map(({ user, schedule, until }) => (
        <div key={`${user.id} ${schedule?.id}`}>
          <Link to="/users/$id" params={{ id: user.id }}>
            {fullName(user)}
          </Link>
          {schedule ? (
            <>
              {' · '}
              <ScheduleLink schedule={schedule} />
              <div className="dim small">
                {until ? (
                  <>
                    until <Moment instant={until} />
                  </>
                ) : (
                  'with no end'
                )}
              </div>
            </>
          ) : (
            <span className="dim"> · always</span>
          )}
        </div>
      ))}
      {emptySchedules.map((schedule) => (
        <div key={schedule.id} className={users.length > 0 ? 'small' : undefined}>
          <NobodyOnCall>
            Nobody on call for <ScheduleLink schedule={schedule} />
          </NobodyOnCall>
        </div>
      ))}
      {users.length === 0 && emptySchedules.length === 0 && <NobodyOnCall>It names nobody</NobodyOnCall>}
      {users.length === 0 && <div className="dim small">Skipped at once.</div>}
    </LevelItem>
  )
}

function ScheduleLink({ schedule: { id, name } }: { schedule: { id: number; name?: string } }) {
  return (
    <Link to="/schedules/$id" params={{ id }}>
      {name ?? `Schedule ${id}`}
    </Link>
  )
}

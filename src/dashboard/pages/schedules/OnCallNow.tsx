import type { ReactNode } from 'react'
import type { Schedule, Shift } from '../../../api/schemas/schedule.ts'
import { fullName } from '../../data/users.ts'
import { momentIn, zoneAbbreviation } from '../../parts/zoned-time.ts'
import classes from './OnCallNow.module.css'

type NowAndNext = Pick<Schedule, 'currentShift' | 'nextShift'>

/** "Ann Smith until Mon 30 Nov 09:00 CET, then Ben Okafor", and where nobody is. */
export function OnCallNow({ schedule, zone }: { schedule: NowAndNext; zone: string }) {
  const { currentShift: current, nextShift: next } = schedule
  if (!current) {
    return (
      <span>
        <Nobody>Nobody is on call now</Nobody>
        {next && `, from ${moment(zone, next.start)} ${fullName(next.user)}`}
      </span>
    )
  }
  return (
    <span>
      <strong className={classes.who}>{fullName(current.user)}</strong> until {moment(zone, current.end)}
      <After current={current} next={next} zone={zone} />
    </span>
  )
}

function After({ current, next, zone }: { current: Shift; next: Shift | null | undefined; zone: string }) {
  if (!next) {
    return (
      <>
        , then <Nobody>nobody</Nobody>
      </>
    )
  }
  if (Date.parse(next.start) <= Date.parse(current.end)) return `, then ${fullName(next.user)}`
  return (
    <>
      , then <Nobody>nobody until {moment(zone, next.start)}</Nobody>, then {fullName(next.user)}
    </>
  )
}

/** Nobody on call is the one thing on this page that is as bad as an unanswered incident. */
function Nobody({ children }: { children: ReactNode }) {
  return <span className={classes.nobody}>{children}</span>
}

function moment(zone: string, instant: string): string {
  const at = Date.parse(instant)
  return `${momentIn(zone, at)} ${zoneAbbreviation(zone, at)}`
}

import { useState } from 'react'
import { useClock } from '../../parts/clock.ts'
import { Call } from './Call.tsx'
import { type Inbox, isRinging } from './inbox.ts'
import classes from './Phone.module.css'
import { Push } from './Push.tsx'
import { RecentCalls } from './RecentCalls.tsx'
import { SmsThread } from './SmsThread.tsx'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const PUSHES_SHOWN = 3

export function Phone({ name, inbox }: { name: string; inbox: Inbox }) {
  const time = useClock((now) => clock.format(now))
  // Hung up or called back by hand; a call that was answered stays, to be read, until then.
  const [picked, setPicked] = useState<string | null>(null)
  const [hungUp, setHungUp] = useState<ReadonlySet<string>>(new Set())
  const ringing = useClock(
    (now) => inbox.calls.find((call) => isRinging(call, now) && !hungUp.has(call.message.id))?.message.id ?? '',
  )
  const shownId = picked ?? ringing
  const call = inbox.calls.find(({ message }) => message.id === shownId)
  const hangUp = (id: string) => {
    setPicked(null)
    setHungUp(new Set([...hungUp, id]))
  }

  return (
    <section className={classes.phone} aria-label={`Phone of ${name}`}>
      <div className={classes.status}>
        <span>{time}</span>
        <span>{name}</span>
      </div>
      {call && (
        <Call
          key={call.message.id}
          call={call}
          kept={picked === call.message.id}
          onAnswered={() => setPicked(call.message.id)}
          onHangUp={() => hangUp(call.message.id)}
        />
      )}
      {inbox.pushes.slice(0, PUSHES_SHOWN).map((push) => (
        <Push key={push.message.id} push={push} />
      ))}
      <SmsThread messages={inbox.sms} />
      <RecentCalls calls={inbox.calls.filter(({ message }) => message.id !== shownId)} onCallBack={setPicked} />
    </section>
  )
}

import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { SandboxMessage } from '../../../api/schemas/sandbox.ts'
import { incidentQuery } from '../../data/incidents.ts'
import { PhoneIcon } from '../../parts/icons.tsx'
import { Answers } from './Answers.tsx'
import { useAnswer } from './answer.ts'
import classes from './Call.module.css'
import type { Exchange } from './inbox.ts'

interface CallProps {
  call: Exchange
  /** On the screen because somebody keeps it there; otherwise it ends when nobody waits for its answer any more. */
  kept: boolean
  onAnswered: () => void
  onHangUp: () => void
}

/** Rings, says its text, and takes digits until one hangs up. */
export function Call({ call: { message, replies }, kept, onAnswered, onHangUp }: CallProps) {
  const { answer, answering } = useAnswer(message.id)
  const answered = replies.length > 0
  const pointless = !useIsAwaited(message) && !kept
  useEffect(() => {
    if (pointless) onHangUp()
  })
  const press = (digit: string) => {
    // Kept on the screen from here, for a call that was answered no longer rings.
    onAnswered()
    answer({ digit })
  }
  return (
    <article className={classes.call} aria-label="Call from Tocsin" data-ringing={!answered}>
      <div className={classes.head}>
        <PhoneIcon className={classes.icon} />
        <strong>{answered ? 'In a call with Tocsin' : 'Tocsin is calling'}</strong>
      </div>
      <p className={classes.says}>“{message.text}”</p>
      <fieldset className={classes.keypad} aria-label="Keypad">
        {message.actions.map(
          ({ action, label, digit }) =>
            digit && (
              <button
                key={action}
                type="button"
                className={classes.key}
                disabled={answering}
                onClick={() => press(digit)}
              >
                <span className={classes.digit}>{digit}</span> {label}
              </button>
            ),
        )}
      </fieldset>
      {answered && <Answers replies={replies} />}
      <Button fullWidth onClick={onHangUp} className={classes.hangUp}>
        Hang up
      </Button>
    </article>
  )
}

/** Whether the incident still asks whom the message went to. Only a fresh answer counts: an older one is of before the page. */
function useIsAwaited({ incidentId, user }: SandboxMessage): boolean {
  const { data: incident, isFetching } = useQuery({
    ...incidentQuery(String(incidentId)),
    enabled: incidentId !== null,
    staleTime: 0,
  })
  if (!incident || isFetching) return true
  return incident.responders.some((responder) => responder.user.id === user.id && responder.status === 'PENDING')
}

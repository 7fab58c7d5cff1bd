import { Button } from '@mantine/core'
import { PhoneIcon } from '../../parts/icons.tsx'
import { Answers } from './Answers.tsx'
import { useAnswer } from './answer.ts'
import classes from './Call.module.css'
import type { Exchange } from './inbox.ts'

interface CallProps {
  call: Exchange
  onAnswered: () => void
  onHangUp: () => void
}

/** Rings, says its text, and takes digits until one hangs up. */
export function Call({ call: { message, replies }, onAnswered, onHangUp }: CallProps) {
  const { answer, answering } = useAnswer(message.id)
  const answered = replies.length > 0
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

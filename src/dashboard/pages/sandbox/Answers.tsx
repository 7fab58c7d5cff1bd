import type { SandboxMessage } from '../../../api/schemas/sandbox.ts'
import classes from './Answers.module.css'

const SAID: Record<string, string> = { '1': 'pressed 1', '2': 'pressed 2', '3': 'pressed 3' }

/** What was answered to a call, a mail or a push, and what the carrier brought back. */
export function Answers({ replies }: { replies: SandboxMessage[] }) {
  return (
    <div className={classes.answers} role="status">
      {replies.map(({ id, direction, text }) => (
        <p key={id} data-direction={direction}>
          {direction === 'FROM_USER' ? `You ${SAID[text] ?? `chose ${text}`}.` : text}
        </p>
      ))}
    </div>
  )
}

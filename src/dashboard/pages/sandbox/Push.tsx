import { Button } from '@mantine/core'
import { PushIcon } from '../../parts/icons.tsx'
import { RelativeTime } from '../../parts/time.tsx'
import { Answers } from './Answers.tsx'
import { useAnswer } from './answer.ts'
import type { Exchange } from './inbox.ts'
import classes from './Push.module.css'

export function Push({ push: { message, replies } }: { push: Exchange }) {
  const { answer, answering } = useAnswer(message.id)
  return (
    <article className={classes.push} aria-label={`Push: ${message.subject ?? message.text}`}>
      <div className={classes.head}>
        <PushIcon /> Tocsin
        <span className={classes.time}>
          <RelativeTime instant={message.timestamp} />
        </span>
      </div>
      {message.subject && <strong>{message.subject}</strong>}
      <div className={classes.text}>{message.text}</div>
      {replies.length > 0 ? (
        <Answers replies={replies} />
      ) : (
        <div className={classes.actions}>
          {message.actions.map(({ action, label }) => (
            <Button key={action} size="compact-sm" disabled={answering} onClick={() => answer({ action })}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </article>
  )
}

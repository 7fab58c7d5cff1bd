import { Button } from '@mantine/core'
import { useState } from 'react'
import type { SandboxMessage } from '../../../api/schemas/sandbox.ts'
import { MailIcon } from '../../parts/icons.tsx'
import { RelativeTime } from '../../parts/time.tsx'
import { Answers } from './Answers.tsx'
import { useAnswer } from './answer.ts'
import type { Exchange } from './inbox.ts'
import classes from './Mailbox.module.css'

const SHOWN = 5

export function Mailbox({ name, mails }: { name: string; mails: Exchange[] }) {
  const [shown, setShown] = useState(SHOWN)
  return (
    <section aria-label={`Mailbox of ${name}`}>
      <h2 className={classes.title}>Mailbox</h2>
      {mails.length === 0 && <p className="dim">No mail yet.</p>}
      <ul className={classes.mails}>
        {mails.slice(0, shown).map((mail) => (
          <li key={mail.message.id}>
            <Mail mail={mail} />
          </li>
        ))}
      </ul>
      {mails.length > shown && (
        <Button mt="sm" onClick={() => setShown(shown + SHOWN)}>
          Older mail
        </Button>
      )}
    </section>
  )
}

/** The links of a mail open a page that asks once more, for mail scanners follow links too. */
function Mail({ mail: { message, replies } }: { mail: Exchange }) {
  const { answer, answering } = useAnswer(message.id)
  return (
    <article className={classes.mail} aria-label={`E-mail: ${message.subject ?? ''}`}>
      <header className={classes.head}>
        <strong className={classes.subject}>
          <MailIcon /> {message.subject}
        </strong>
        <span className="dim small">
          to {message.target} · <RelativeTime instant={message.timestamp} />
        </span>
      </header>
      <div className={classes.text}>{withoutActionLinks(message)}</div>
      {message.actions.length > 0 && (
        <div className={classes.actions}>
          {message.actions.map(({ action, label, url }) =>
            url ? (
              <Button key={action} renderRoot={(props) => <a href={url} target="_blank" rel="noopener" {...props} />}>
                {label}
              </Button>
            ) : (
              <Button key={action} disabled={answering} onClick={() => answer({ action })}>
                {label}
              </Button>
            ),
          )}
        </div>
      )}
      {replies.length > 0 && <Answers replies={replies} />}
    </article>
  )
}

/** The links that act are the buttons below, as in the mail's HTML part. */
function withoutActionLinks({ text, actions }: SandboxMessage): string {
  return text
    .split('\n')
    .filter((line) => !actions.some(({ url }) => url && line.includes(url)))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { SandboxMessage } from '../../../api/schemas/sandbox.ts'
import { RelativeTime } from '../../parts/time.tsx'
import { useAnswer } from './answer.ts'
import classes from './SmsThread.module.css'

export function SmsThread({ messages }: { messages: SandboxMessage[] }) {
  const [text, setText] = useState('')
  // A carrier passes on the text alone; its code says which incident is meant.
  const { answer, answering } = useAnswer(messages.findLast(({ notificationId }) => notificationId !== null)?.id)
  const thread = useRef<HTMLOListElement>(null)
  const newest = messages.at(-1)?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message scrolls into view
  useEffect(() => {
    // Newer browsers answer with a promise, which must not be taken for a clean-up.
    thread.current?.scrollTo({ top: thread.current.scrollHeight })
  }, [newest])

  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!text.trim()) return
    answer({ text }, { onSuccess: () => setText('') })
  }
  return (
    <section aria-label="SMS" className={classes.sms}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ol ref={thread} className={classes.thread} aria-label="SMS messages" aria-live="polite" tabIndex={0}>
        {messages.length === 0 && <li className={classes.none}>No SMS yet</li>}
        {messages.map(({ id, direction, text: said, timestamp }) => (
          <li key={id} className={classes.message} data-direction={direction}>
            <div className={classes.bubble}>
              {direction === 'FROM_USER' && <span className="sr-only">You: </span>}
              {said}
            </div>
            <div className={classes.time}>
              <RelativeTime instant={timestamp} />
            </div>
          </li>
        ))}
      </ol>
      <form onSubmit={send} className={classes.reply}>
        <TextInput
          aria-label="Reply by SMS"
          placeholder={messages.length > 0 ? 'Reply, such as 1a' : 'Nothing to reply to'}
          autoComplete="off"
          disabled={messages.length === 0}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          className={classes.input}
        />
        <Button type="submit" disabled={messages.length === 0 || !text.trim()} loading={answering}>
          Send
        </Button>
      </form>
    </section>
  )
}

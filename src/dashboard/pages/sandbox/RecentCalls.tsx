import { Button } from '@mantine/core'
import { RelativeTime } from '../../parts/time.tsx'
import type { Exchange } from './inbox.ts'
import classes from './RecentCalls.module.css'

const SHOWN = 3

export function RecentCalls({ calls, onCallBack }: { calls: Exchange[]; onCallBack: (id: string) => void }) {
  if (calls.length === 0) return null
  return (
    <section aria-label="Recent calls" className={classes.recent}>
      <h2 className={classes.title}>Recent calls</h2>
      <ul className="plain">
        {calls.slice(0, SHOWN).map(({ message, replies }) => (
          <li key={message.id} className={classes.call}>
            <div>
              <div className={classes.says}>{message.text}</div>
              <div className="dim small">
                {replies.at(-1)?.text ?? 'Not answered'} · <RelativeTime instant={message.timestamp} />
              </div>
            </div>
            <Button size="compact-sm" onClick={() => onCallBack(message.id)}>
              Call back
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

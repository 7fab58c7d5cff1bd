import type { ReactNode } from 'react'
import classes from './TimelineList.module.css'

/** What happened or would happen, one below the other along a line. */
export function TimelineList({ children }: { children: ReactNode }) {
  return <ol className={classes.timeline}>{children}</ol>
}

interface TimelineItemProps {
  time: ReactNode
  /** Of lesser weight, such as a single notification. */
  quiet?: boolean
  children: ReactNode
}

export function TimelineItem({ time, quiet = false, children }: TimelineItemProps) {
  return (
    <li className={classes.entry} data-quiet={quiet}>
      <span className={classes.time}>{time}</span>
      <span className={classes.text}>{children}</span>
    </li>
  )
}

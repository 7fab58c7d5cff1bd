import type { ReactNode } from 'react'
import classes from './LevelList.module.css'

/** The levels of an escalation, each with its number. */
export function LevelList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className={classes.levels} aria-label={label}>
      {children}
    </ol>
  )
}

interface LevelItemProps {
  /** 1 for the first. */
  level: number
  /** The one that is being paged. */
  current?: boolean
  children: ReactNode
}

export function LevelItem({ level, current = false, children }: LevelItemProps) {
  return (
    <li className={classes.level} data-current={current} aria-current={current ? 'step' : undefined}>
      <span className={classes.number}>{level}</span>
      <div>{children}</div>
    </li>
  )
}

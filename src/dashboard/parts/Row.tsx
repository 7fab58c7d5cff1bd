import type { ReactNode } from 'react'
import classes from './Row.module.css'

/** A list of named things: what it is, what is to know about it, and what can be done. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {children}
    </ul>
  )
}

interface RowProps {
  title: ReactNode
  children?: ReactNode
  state?: ReactNode
  actions?: ReactNode
}

export function Row({ title, children, state, actions }: RowProps) {
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <div className={classes.title}>{title}</div>
        {children && <div className={classes.about}>{children}</div>}
      </div>
      {state && <div className={classes.state}>{state}</div>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </li>
  )
}

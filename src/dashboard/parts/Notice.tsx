import type { ReactNode } from 'react'
import { WarningIcon } from './icons.tsx'
import classes from './Notice.module.css'

/** Something went wrong or was refused: announced at once, and says what to do. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <div className={classes.problem} role="alert">
      <WarningIcon className={classes.icon} />
      <div>{children}</div>
    </div>
  )
}

/** Nothing here yet, and the next step. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p className={classes.emptyTitle}>{title}</p>
      {children}
    </div>
  )
}

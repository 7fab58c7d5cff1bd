import type { ReactNode } from 'react'
import { WarningIcon } from './icons.tsx'
import classes from './NobodyOnCall.module.css'

/** A gap, where it stands out. */
export function NobodyOnCall({ children = 'Nobody on call' }: { children?: ReactNode }) {
  return (
    <span className={classes.nobody}>
      <WarningIcon />
      {children}
    </span>
  )
}

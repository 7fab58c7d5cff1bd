import type { ReactNode } from 'react'
import { useTitle } from '../../parts/Page.tsx'
import classes from './Entry.module.css'

/** The pages before one is signed in. */
export function Entry({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title)
  return (
    <main className={classes.entry}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <img src="/bell.svg" alt="" width={32} height={32} className={classes.logo} />
          Tocsin
        </div>
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
    </main>
  )
}

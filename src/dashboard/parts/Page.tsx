import { type ReactNode, useEffect } from 'react'
import classes from './Page.module.css'

interface PageProps {
  title: string
  /** Beside the title, such as the button that creates one. */
  actions?: ReactNode
  /** Above the title: where this page belongs. */
  above?: ReactNode
  /** For forms and settings, whose lines would get too long to read. */
  narrow?: boolean
  children: ReactNode
}

export function Page({ title, actions, above, narrow, children }: PageProps) {
  useTitle(title)
  return (
    <div className={narrow ? classes.narrow : classes.page}>
      {above && <div className={classes.above}>{above}</div>}
      <header className={classes.header}>
        <h1 className={classes.title}>{title}</h1>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Tocsin`
  }, [title])
}

/** A part of a page with a heading of its own. */
export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <header className={classes.sectionHeader}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {actions}
      </header>
      {children}
    </section>
  )
}

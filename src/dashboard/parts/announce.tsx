import { CloseButton } from '@mantine/core'
import { useEffect, useSyncExternalStore } from 'react'
import classes from './announce.module.css'

interface Announcement {
  id: number
  title?: string
  lines: string[]
  undo?: () => void
}

const SHOWN_MS = 7000
/** Long enough to find the button by keyboard too. */
const UNDOABLE_MS = 20_000
/** What has to be read line by line stays until it is closed or something newer comes. */
const LINES_READ_AT_A_GLANCE = 2

/** Says what came of something, at the edge of the page. */
export function announce(...lines: string[]) {
  show({ id: nextId++, lines })
}

export function announceUnder(title: string, lines: string[]) {
  show({ id: nextId++, title, lines })
}

/** The same for what can be taken back, with a button that does so. */
export function announceUndoable(line: string, undo: () => void) {
  show({ id: nextId++, lines: [line], undo })
}

/** Where announcements appear. It is there before the first one, or screen readers would not read that out. */
export function Announcements() {
  const current = useSyncExternalStore(subscribe, () => announcement)
  useEffect(() => {
    if (!current || current.lines.length > LINES_READ_AT_A_GLANCE) return
    const timer = setTimeout(() => show(null), current.undo ? UNDOABLE_MS : SHOWN_MS)
    return () => clearTimeout(timer)
  }, [current])
  return (
    <div className={classes.place} role="status">
      {current && (
        <div className={classes.announcement} key={current.id}>
          <div>
            {current.title && <strong>{current.title}</strong>}
            {current.lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
          {current.undo && (
            <button
              type="button"
              className={classes.undo}
              onClick={() => {
                show(null)
                current.undo?.()
              }}
            >
              Undo
            </button>
          )}
          <CloseButton aria-label="Dismiss" onClick={() => show(null)} />
        </div>
      )}
    </div>
  )
}

let nextId = 1
let announcement: Announcement | null = null
const listeners = new Set<() => void>()

function show(next: Announcement | null) {
  announcement = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

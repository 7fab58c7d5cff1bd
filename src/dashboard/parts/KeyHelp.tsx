import type { ReactNode } from 'react'
import { Dialog } from './Dialog.tsx'
import classes from './KeyHelp.module.css'

interface KeyHelpProps {
  /** Keys that do the same, and what they do. */
  keys: readonly (readonly [readonly string[], string])[]
  /** What the keys take effect on. */
  children: ReactNode
  onClose: () => void
}

/** What the keys of a page do. */
export function KeyHelp({ keys, children, onClose }: KeyHelpProps) {
  return (
    <Dialog onClose={onClose} title="Keys">
      <p className="dim">{children}</p>
      <dl className={classes.keys}>
        {keys.map(([names, meaning]) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

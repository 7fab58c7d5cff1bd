import { useEffect, useState } from 'react'
import { useLiveStatus } from '../live.ts'
import { WarningIcon } from '../parts/icons.tsx'
import classes from './LiveNotice.module.css'

const PATIENCE_MS = 2500

/** Says so when what is shown may be old. A connection that comes back at once is not worth a word. */
export function LiveNotice() {
  const lost = useLiveStatus() === 'lost'
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!lost) return setShown(false)
    const timer = setTimeout(() => setShown(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [lost])
  return (
    <div role="status">
      {shown && (
        <p className={classes.notice}>
          <WarningIcon /> The live connection is lost; reconnecting. Until then this page is brought up to date every
          ten seconds.
        </p>
      )}
    </div>
  )
}

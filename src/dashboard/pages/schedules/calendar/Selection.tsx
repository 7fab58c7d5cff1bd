import type { Interval } from '../../../../on-call/model.ts'
import { spanText } from '../../../parts/time.tsx'
import { intervalIn } from '../../../parts/zoned-time.ts'
import { piecesOn } from './position.ts'
import classes from './Timeline.module.css'

interface SelectionProps {
  selection: Interval
  band: Interval
  scale: number
  zone: string
}

/** What is being chosen, with its times where it ends. */
export function Selection({ selection, band, scale, zone }: SelectionProps) {
  const [piece] = piecesOn(band, scale, [selection])
  if (!piece) return null
  const { left, width, cutRight } = piece
  return (
    <div className={classes.selection} style={{ left: `${left}%`, width: `${width}%` }}>
      {!cutRight && (
        <div className={classes.times} data-side={left + width / 2 > 50 ? 'right' : 'left'}>
          {intervalIn(zone, selection)} · {spanText(selection.end - selection.start)}
        </div>
      )}
    </div>
  )
}

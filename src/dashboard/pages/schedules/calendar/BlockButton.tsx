import { type CSSProperties, memo } from 'react'
import type { Instant, Interval } from '../../../../on-call/model.ts'
import type { PersonColor } from '../../../parts/person-color.ts'
import { timeIn } from '../../../parts/zoned-time.ts'
import { blockText, firstName, initials } from './block-text.ts'
import type { Block } from './lanes.ts'
import type { Piece } from './position.ts'
import classes from './Timeline.module.css'

interface BlockButtonProps {
  piece: Piece<Block>
  /** Unique on the calendar: a block that goes over several bands has a piece on each. */
  name: string
  zone: string
  band: Interval
  now: Instant
  color: PersonColor | null
  tabStop: boolean
  onOpen: (block: Block) => void
}

/** Remembered: while something is dragged over them, hundreds of blocks stay as they are. */
export const BlockButton = memo(function BlockButton(props: BlockButtonProps) {
  const { piece, name, zone, band, now, color, tabStop, onOpen } = props
  const { item: block, left, width } = piece
  const cutLeft = piece.cutLeft || block.openStart
  const cutRight = piece.cutRight || block.openEnd
  const text = blockText(block, zone)
  const start = Math.max(block.start, band.start)
  const end = Math.min(block.end, band.end)
  const past = Math.min(100, Math.max(0, ((now - start) / (end - start)) * 100))
  const style = {
    left: `${left}%`,
    width: `${width}%`,
    '--row-index': block.row,
    '--past': `${past}%`,
    ...(color && { '--fill': color.fill, '--edge': color.edge }),
  }
  return (
    <button
      type="button"
      className={classes.block}
      style={style as CSSProperties}
      data-kind={block.user ? 'person' : 'gap'}
      data-past={past === 100}
      data-cut-left={cutLeft}
      data-cut-right={cutRight}
      data-lane={block.lane.key}
      data-piece={name}
      tabIndex={tabStop ? 0 : -1}
      title={text}
      onClick={() => onOpen(block)}
    >
      <span className="sr-only">{text}</span>
      <span className={classes.label} aria-hidden="true">
        <span className={classes.who}>{block.user?.name ?? 'Gap: nobody'}</span>
        <span className={classes.first}>{block.user ? firstName(block.user.name) : 'Gap'}</span>
        <span className={classes.initials}>{block.user ? initials(block.user.name) : 'Gap'}</span>
        <span className={classes.when}>
          {cutLeft ? '…' : timeIn(zone, block.start)}–{cutRight ? '…' : timeIn(zone, block.end)}
        </span>
      </span>
    </button>
  )
})

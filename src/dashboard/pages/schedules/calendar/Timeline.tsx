import { useRef } from 'react'
import type { Instant, Interval } from '../../../../on-call/model.ts'
import { useClock } from '../../../parts/clock.ts'
import type { PersonColor } from '../../../parts/person-color.ts'
import type { Axis, DrawnView } from './axis.ts'
import { Band } from './Band.tsx'
import { type Block, blockOfPiece, type Lane, pieceName } from './lanes.ts'
import { piecesOn } from './position.ts'
import classes from './Timeline.module.css'
import { useDragSelection } from './use-drag-selection.ts'
import { useRovingFocus } from './use-roving-focus.ts'

interface TimelineProps {
  view: DrawnView
  axis: Axis
  lanes: Lane[]
  colorOf: (user: number) => PersonColor
  /** What is shown is still that of before: the new is being fetched. */
  stale: boolean
  onOpen: (block: Block) => void
  /** A stretch was chosen by dragging over the overrides or the result; left out: there is nothing to choose. */
  onSelect?: (interval: Interval) => void
  /** The focus came to a block, or left it. */
  onFocusBlock?: (block: Block | null) => void
}

/**
 * The calendar: for each band a line per lane, on an axis of instants. It knows nothing of days of 24 hours, so a day on which
 * the clocks are set is as long as it really is.
 */
export function Timeline(props: TimelineProps) {
  const { view, axis, lanes, colorOf, stale, onOpen, onSelect, onFocusBlock } = props
  const root = useRef<HTMLDivElement>(null)
  const now = useClock((instant) => Math.floor(instant / 60_000) * 60_000)
  const { selection, dragProps } = useDragSelection({ root, view, axis, onSelect })
  const focus = useRovingFocus(root)
  const tabStops = Object.fromEntries(
    lanes.map((lane) => [lane.key, focus.stopOf(lane.key, piecesOf(lane, axis), now)]),
  )
  const selectable = onSelect !== undefined
  const drawing = { view, axis, lanes, colorOf, now, selection, selectable, tabStops, onOpen }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is a mouse's way of what the form offers to everybody
    <div
      ref={root}
      className={classes.timeline}
      data-view={view}
      data-selecting={selection !== null}
      aria-busy={stale}
      {...dragProps}
      onKeyDown={focus.onKeyDown}
      onFocus={(event) => {
        focus.onFocus(event)
        onFocusBlock?.(blockOfPiece(lanes, event.target.dataset.piece ?? '') ?? null)
      }}
      onBlur={() => onFocusBlock?.(null)}
    >
      {axis.bands.map((band, index) => (
        <Band key={band.start} index={index} band={band} drawing={drawing} />
      ))}
    </div>
  )
}

/** In the order of the page. */
function piecesOf(lane: Lane, { bands, scale }: Axis): { name: string; end: Instant }[] {
  return bands.flatMap((band, index) =>
    piecesOn(band, scale, lane.blocks).map(({ item }) => ({ name: pieceName(item, index), end: item.end })),
  )
}

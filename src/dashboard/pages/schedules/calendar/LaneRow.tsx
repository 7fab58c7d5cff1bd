import { type CSSProperties, useMemo } from 'react'
import type { Interval } from '../../../../on-call/model.ts'
import type { Drawing } from './Band.tsx'
import { BlockButton } from './BlockButton.tsx'
import { type Lane, pieceName, rowsOf } from './lanes.ts'
import { piecesOn } from './position.ts'
import { Selection } from './Selection.tsx'
import classes from './Timeline.module.css'

interface LaneRowProps {
  lane: Lane
  /** Of the band, from the top. */
  index: number
  band: Interval
  bandName: string
  drawing: Drawing
}

/** What of a lane lies on one band. */
export function LaneRow({ lane, index, band, bandName, drawing }: LaneRowProps) {
  const { axis, colorOf, now, selection, selectable, tabStops, onOpen } = drawing
  const pieces = useMemo(() => piecesOn(band, axis.scale, lane.blocks), [band, axis.scale, lane.blocks])
  return (
    <div className={classes.lane} data-kind={lane.kind}>
      <div className={classes.name}>{lane.name}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form */}
      <div
        role="group"
        aria-label={`${lane.name}, ${bandName}`}
        className={classes.track}
        data-track={lane.key}
        data-draggable={(selectable && lane.kind !== 'layer') || undefined}
        style={{ '--rows': rowsOf(pieces.map(({ item }) => item)) } as CSSProperties}
      >
        {pieces.map((piece) => {
          const { item } = piece
          const name = pieceName(item, index)
          return (
            <BlockButton
              key={item.key}
              piece={piece}
              name={name}
              zone={axis.zone}
              band={band}
              now={now}
              color={item.user && colorOf(item.user.id)}
              tabStop={tabStops[lane.key] === name}
              onOpen={onOpen}
            />
          )
        })}
        {selection?.lane === lane.key && (
          <Selection selection={selection.interval} band={band} scale={axis.scale} zone={axis.zone} />
        )}
      </div>
    </div>
  )
}

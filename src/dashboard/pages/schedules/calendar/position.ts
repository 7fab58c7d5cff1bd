import type { Instant, Interval } from '../../../../on-call/model.ts'

/** Where something lies on a band, in percent of the full width. */
export interface Position {
  left: number
  width: number
}

export interface Piece<Item extends Interval> extends Position {
  item: Item
  /** It began before the band, or goes on after it. */
  cutLeft: boolean
  cutRight: boolean
}

export function percentAt(instant: Instant, band: Interval, scale: number): number {
  return ((instant - band.start) / scale) * 100
}

export function positionOf({ start, end }: Interval, band: Interval, scale: number): Position {
  const left = percentAt(Math.max(start, band.start), band, scale)
  return { left, width: percentAt(Math.min(end, band.end), band, scale) - left }
}

/** What of the items is seen on this band, in their order. */
export function piecesOn<Item extends Interval>(band: Interval, scale: number, items: Item[]): Piece<Item>[] {
  return items
    .filter(({ start, end }) => start < band.end && end > band.start)
    .map((item) => ({
      item,
      ...positionOf(item, band, scale),
      cutLeft: item.start < band.start,
      cutRight: item.end > band.end,
    }))
}

/** @param fraction of the full width, from the left */
export function instantAt(fraction: number, band: Interval, scale: number): Instant {
  return Math.round(Math.min(band.end, Math.max(band.start, band.start + fraction * scale)))
}

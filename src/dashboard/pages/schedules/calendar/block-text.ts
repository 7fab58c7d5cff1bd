import { intervalIn, momentIn, zoneAbbreviation } from '../../../parts/zoned-time.ts'
import type { Block } from './lanes.ts'

/** What a screen reader says of a block, and its tooltip: who, when, where. */
export function blockText(block: Block, zone: string): string {
  const who = block.user ? block.user.name : 'Gap: nobody'
  return `${who}, ${timesOf(block, zone)}, ${block.lane.name}`
}

/** Of what goes on beyond what is known, only the end that is known. */
function timesOf({ start, end, openStart, openEnd }: Block, zone: string): string {
  const moment = (instant: number) => `${momentIn(zone, instant)} ${zoneAbbreviation(zone, instant)}`
  if (openStart && openEnd) return 'all the time'
  if (openStart) return `until ${moment(end)}`
  if (openEnd) return `from ${moment(start)}`
  return intervalIn(zone, { start, end })
}

/** Where there is no room for the whole name. */
export const firstName = (name: string) => name.split(/\s+/, 1)[0]

/** "AB" for Ann Berg: where there is room for no more. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('')
}

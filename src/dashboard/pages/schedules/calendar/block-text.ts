import { intervalIn } from '../../../parts/zoned-time.ts'
import type { Block } from './lanes.ts'

/** What a screen reader says of a block, and its tooltip: who, when, where. */
export function blockText(block: Block, zone: string): string {
  const who = block.user ? block.user.name : 'Gap: nobody'
  return `${who}, ${intervalIn(zone, block)}, ${block.lane.name}`
}

/** Where there is no room for the whole name. */
export const firstName = (name: string) => name.split(/\s+/, 1)[0]

/** "AB" for Ann Berg: where there is room for no more. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? '').join('')
}

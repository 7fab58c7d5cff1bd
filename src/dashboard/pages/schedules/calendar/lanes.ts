import type { Override, RenderedSchedule } from '../../../../api/schemas/schedule.ts'
import type { Interval } from '../../../../on-call/model.ts'
import { fullName } from '../../../data/users.ts'

type LaneKind = 'layer' | 'overrides' | 'final'

/** One line of the calendar: what one layer says, the overrides, or what comes of it. */
export interface Lane {
  key: string
  name: string
  kind: LaneKind
  blocks: Block[]
}

/** Somebody is on call; without a user: nobody is. */
export interface Block extends Interval {
  key: string
  lane: Pick<Lane, 'key' | 'name' | 'kind'>
  user: { id: number; name: string } | null
  override?: Override
  /** Of those that lie over each other, from the top. */
  row: number
}

/** From the layer that everything beats to the final result: what is lower wins. */
export function lanesOf({ layers, overrides, final, gaps }: RenderedSchedule, showGaps = true): Lane[] {
  const nobody = showGaps ? gaps.map((gap) => ({ ...read(gap), user: null })) : []
  return [
    ...layers.map(({ name, shifts }, index) =>
      lane({ key: `layer-${index}`, name, kind: 'layer' }, shifts.map(readShift)),
    ),
    lane({ key: 'overrides', name: 'Overrides', kind: 'overrides' }, stacked(overrides.map(readOverride))),
    lane(
      { key: 'final', name: 'On call', kind: 'final' },
      [...final.map(readShift), ...nobody].sort((a, b) => a.start - b.start),
    ),
  ]
}

/** Unique on the page: a block that goes over several bands has a piece on each. */
export const pieceName = ({ key }: Block, band: number) => `${key} ${band}`

export function blockOfPiece(lanes: Lane[], name: string): Block | undefined {
  const key = name.slice(0, name.lastIndexOf(' '))
  return lanes.flatMap(({ blocks }) => blocks).find((block) => block.key === key)
}

/** Lines that these take. */
export function rowsOf(blocks: Block[]): number {
  return Math.max(1, ...blocks.map(({ row }) => row + 1))
}

/** Everybody named, in the order of the first time. */
export function peopleIn(lanes: Lane[]): { id: number; name: string }[] {
  const users = lanes.flatMap(({ blocks }) => blocks.flatMap(({ user }) => user ?? []))
  return [...new Map(users.map((user) => [user.id, user])).values()]
}

type Unplaced = Omit<Block, 'key' | 'lane' | 'row'> & { row?: number }

function lane(about: Block['lane'], blocks: Unplaced[]): Lane {
  return {
    ...about,
    blocks: blocks.map((block) => ({
      ...block,
      row: block.row ?? 0,
      lane: about,
      key: `${about.key} ${block.override?.id ?? block.start}`,
    })),
  }
}

/** A newer override lies below the older ones that it beats. Given the newest last, answered in the order of time. */
function stacked(overrides: Unplaced[]): Unplaced[] {
  const placed: (Unplaced & { row: number })[] = []
  for (const block of overrides) {
    const beaten = placed.filter(({ start, end }) => start < block.end && end > block.start)
    placed.push({ ...block, row: Math.max(-1, ...beaten.map(({ row }) => row)) + 1 })
  }
  return placed.sort((a, b) => a.start - b.start || a.row - b.row)
}

type Wire = { start: string; end: string }

const read = ({ start, end }: Wire) => ({ start: Date.parse(start), end: Date.parse(end) })

const readShift = ({ user, ...times }: Wire & { user: Override['user'] }) => ({
  ...read(times),
  user: { id: user.id, name: fullName(user) },
})

const readOverride = (override: Override) => ({ ...readShift(override), override })

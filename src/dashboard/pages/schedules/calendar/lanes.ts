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
  /** It reaches the end of what was asked for, and may have begun before or go on after it. */
  openStart: boolean
  openEnd: boolean
  /** Of those that lie over each other, from the top. */
  row: number
}

/** From the layer that everything beats to the final result: what is lower wins. */
export function lanesOf(rendered: RenderedSchedule, showGaps = true): Lane[] {
  const { layers, overrides, final, gaps } = rendered
  const asked = { start: Date.parse(rendered.from), end: Date.parse(rendered.until) }
  const lane = (about: Block['lane'], blocks: Unplaced[]) => laneOf(about, blocks, asked)
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

/** Everybody named in the interval, or at all, in the order of the first time. */
export function peopleIn(lanes: Lane[], within?: Interval): { id: number; name: string }[] {
  const isIn = ({ start, end }: Block) => !within || (start < within.end && end > within.start)
  const users = lanes.flatMap(({ blocks }) => blocks.filter(isIn).flatMap(({ user }) => user ?? []))
  return [...new Map(users.map((user) => [user.id, user])).values()]
}

type Unplaced = Omit<Block, 'key' | 'lane' | 'row' | 'openStart' | 'openEnd'> & { row?: number }

function laneOf(about: Block['lane'], blocks: Unplaced[], asked: Interval): Lane {
  return {
    ...about,
    blocks: blocks.map((block) => ({
      ...block,
      row: block.row ?? 0,
      openStart: !block.override && block.start <= asked.start,
      openEnd: !block.override && block.end >= asked.end,
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

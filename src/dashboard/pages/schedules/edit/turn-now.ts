import type { Schedule } from '../../../../api/schemas/schedule.ts'
import { continueTurns } from '../../../../on-call/continue-turns.ts'
import type { Layer } from '../../../../on-call/model.ts'
import { Turns } from '../../../../on-call/turns.ts'
import { wallTime } from '../../../../on-call/wall-time.ts'
import { zoneOf } from '../../../../on-call/zone.ts'
import type { LayerDraft } from './draft.ts'
import { rotationOf } from './period.ts'
import { isZone } from './wall-clock.ts'

export type StoredLayer = NonNullable<Schedule['scheduleLayers']>[number]

export interface Turn {
  /** Into the users: two of them may be the same person. */
  index: number
  /** Whether it is the present turn, or the first one of a layer that is still to begin. */
  begun: boolean
}

/**
 * Whose turn it is when this is saved. A changed layer goes on with whoever has it, by the rule that the server follows. Null:
 * too much is missing to say, or the layer is over.
 *
 * @param stored the layer that is changed; none: a new one
 */
export function turnNow(draft: LayerDraft, stored: StoredLayer | undefined, zone: string, now: number): Turn | null {
  const layer = modelOf(draft, draft.users)
  if (!layer || !isZone(zone) || isOver(draft, zone, now)) return null
  const first = firstTurn(layer, zone, now)
  if (draft.wishedTurn !== null) return { index: draft.wishedTurn, begun: first !== null }
  const before =
    stored &&
    modelOf(
      stored,
      stored.users.map(({ id }) => id),
    )
  const offset = before ? continueTurns({ ...before, turnOffset: stored.turnOffset }, layer, zone, now) : 0
  return { index: ((first ?? 0) + offset) % layer.users.length, begun: first !== null }
}

/** Users and the offset by which the wished person has the turn; without a wish none, and the order goes on. */
export function withWish(
  draft: LayerDraft,
  stored: StoredLayer | undefined,
  zone: string,
  now: number,
): { users: number[]; turnOffset?: number } {
  const { users, wishedTurn } = draft
  const layer = modelOf(draft, users)
  if (wishedTurn === null || !layer || !isZone(zone)) return { users }
  const turnOffset = modulo(wishedTurn - (firstTurn(layer, zone, now) ?? 0), users.length)
  if (turnOffset !== stored?.turnOffset || users.length === 1) return { users, turnOffset }
  // An offset that comes back as it was read is no wish to the API: the same order, begun with the next one, is.
  return { users: [...users.slice(1), ...users.slice(0, 1)], turnOffset: modulo(turnOffset - 1, users.length) }
}

/** How many turns there have been, whoever had them; null: the layer has not begun. */
function firstTurn(layer: Layer, zone: string, now: number): number | null {
  const turns = new Turns(layer, zoneOf(zone))
  return turns.handOff(0) <= now ? turns.at(now) : null
}

function isOver({ endsOn }: LayerDraft, zone: string, now: number): boolean {
  return endsOn !== '' && zoneOf(zone).instantOf(wallTime(endsOn)) <= now
}

function modelOf({ startsOn, rotation }: { startsOn: string; rotation: string }, users: number[]): Layer | null {
  const every = rotationOf(rotation)
  return every && startsOn && users.length > 0 ? { name: '', start: startsOn, users, rotation: every } : null
}

const modulo = (value: number, size: number) => ((value % size) + size) % size

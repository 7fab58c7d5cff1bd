import type { Instant, Layer } from './model.ts'
import { Turns } from './turns.ts'
import { type Zone, zoneOf } from './zone.ts'

/**
 * The `turnOffset` with which a changed layer goes on where the one before it is: whoever has the turn at this instant keeps
 * it, and after them the order goes on. If they are no longer in the list, the next one of the old order who is has the turn.
 */
export function continueTurns(before: Layer, after: Layer, timeZone: string, at: Instant): number {
  const zone = zoneOf(timeZone)
  const now = positionAt(before, zone, at)
  const turn = turnAt(after, zone, at)
  // Where nobody has a turn yet, the list begins with its first, or with whom it was going to begin.
  if (now === null || turn === null) return sameTurns(before, after) ? (before.turnOffset ?? 0) : 0
  const size = after.users.length
  return (((whereToGoOn(before.users, now, after.users) - turn) % size) + size) % size
}

/** The turn at an instant; null when the layer has not begun or has nobody. */
function turnAt(layer: Layer, zone: Zone, at: Instant): number | null {
  if (layer.users.length === 0) return null
  const turns = new Turns(layer, zone)
  return turns.handOff(0) <= at ? turns.at(at) : null
}

/** Whose turn it is, as an index into the list. */
function positionAt(layer: Layer, zone: Zone, at: Instant): number | null {
  const turn = turnAt(layer, zone, at)
  return turn === null ? null : (turn + (layer.turnOffset ?? 0)) % layer.users.length
}

function sameTurns(before: Layer, after: Layer): boolean {
  return before.start === after.start && String(before.users) === String(after.users)
}

/** The index in the new list of who has the present turn. */
function whereToGoOn(before: number[], now: number, after: number[]): number {
  const remaining = new Set(after)
  const stays = startingAt(before, now).findIndex((user) => remaining.has(user))
  if (stays === -1) return 0
  const position = (now + stays) % before.length
  const known = new Set(before)
  const expected = startingAt(before, position).filter((user) => remaining.has(user))
  // Somebody may have several turns: theirs is the one after which the others follow as they would have, newcomers aside.
  let [best, longest] = [-1, -1]
  for (const candidate of candidates(after, before[position] as number, position)) {
    const agreement = agreementOf(
      expected,
      startingAt(after, candidate).filter((user) => known.has(user)),
    )
    if (agreement > longest) [best, longest] = [candidate, agreement]
  }
  return best
}

/** Where a user is in a list, at the preferred index first. */
function candidates(users: number[], user: number, preferred: number): number[] {
  const indices = users.flatMap((listed, index) => (listed === user ? [index] : []))
  return indices.includes(preferred) ? [preferred, ...indices] : indices
}

function startingAt(users: number[], index: number): number[] {
  return [...users.slice(index), ...users.slice(0, index)]
}

/** For how many turns two repeated lists say the same. After the sum of their lengths they do for ever. */
function agreementOf(one: number[], other: number[]): number {
  const most = one.length + other.length
  let turn = 0
  while (turn < most && one[turn % one.length] === other[turn % other.length]) turn++
  return turn
}

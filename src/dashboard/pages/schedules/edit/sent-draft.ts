import type { ScheduleInput } from '../../../../api/schemas/schedule.ts'
import type { Draft, LayerDraft } from './draft.ts'
import { type StoredLayer, withWish } from './turn-now.ts'

/**
 * What the API gets of a draft. What is empty is left out, so that the schema says that it must be filled in.
 *
 * @param stored the layers that the schedule has now
 */
export function sentDraft(draft: Draft, stored: StoredLayer[], now: number): Unchecked<ScheduleInput> {
  const { name, timezone, type, showGaps, defaultShiftDuration, scheduleLayers, shifts } = draft
  if (type === 'RECURRING') {
    const known = (layer: LayerDraft) => stored.find(({ id }) => id === layer.id)
    const layers = scheduleLayers.map((layer) => sentLayer(layer, known(layer), timezone, now))
    return { name, timezone, type, showGaps, scheduleLayers: layers }
  }
  return {
    ...{ name, timezone, type, showGaps, defaultShiftDuration },
    shifts: shifts.map(({ user, start, end }) => ({
      user: user === null ? undefined : { id: user },
      start: start || undefined,
      end: end || undefined,
    })),
  }
}

function sentLayer(layer: LayerDraft, stored: StoredLayer | undefined, timezone: string, now: number) {
  const { users, turnOffset } = withWish(layer, stored, timezone, now)
  return {
    id: layer.id,
    name: layer.name.trim() || undefined,
    startsOn: layer.startsOn || undefined,
    endsOn: layer.endsOn || null,
    users: users.map((id) => ({ id })),
    turnOffset,
    rotation: layer.rotation,
    restrictions: layer.restrictions,
  }
}

/** The same fields, of any value. */
type Unchecked<Input> = { [Field in keyof Input]?: unknown }

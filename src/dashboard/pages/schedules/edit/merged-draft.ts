import type { Draft, LayerDraft, ShiftDraft } from './draft.ts'

/**
 * What a person has entered, on top of what others have saved meanwhile: whatever they changed is theirs, all else is the
 * newest.
 *
 * @param mine the draft as it stands in the form
 * @param base the schedule that it began with
 * @param newest the schedule as it is now
 */
export function mergedDraft(mine: Draft, base: Draft, newest: Draft): Draft {
  const fields = changedFields(mine, base)
  return {
    ...newest,
    ...fields,
    scheduleLayers: mergedLayers(mine.scheduleLayers, base.scheduleLayers, newest.scheduleLayers),
    shifts: mergedShifts(mine.shifts, base.shifts, newest.shifts),
  }
}

/** In my order; what others added lies over the rest, as a new layer does. */
function mergedLayers(mine: LayerDraft[], base: LayerDraft[], newest: LayerDraft[]): LayerDraft[] {
  const idsOf = (layers: LayerDraft[]) => layers.map(({ id }) => id)
  const sameOrder = String(idsOf(mine)) === String(idsOf(base))
  const known = new Map(newest.map((layer) => [layer.id, layer]))
  const merged = mine.flatMap((layer): LayerDraft[] => {
    const before = base.find(({ id }) => id === layer.id)
    if (layer.id === undefined || !before) return [layer]
    const changes = changedFields(layer, before)
    const now = known.get(layer.id)
    // Removed by others: it is made anew where I have changed it, for that would be lost.
    if (!now) return Object.keys(changes).length > 0 ? [layer] : []
    return [{ ...now, ...changes, key: layer.key }]
  })
  const added = newest.filter(({ id }) => !idsOf(base).includes(id))
  if (!sameOrder) return [...merged, ...added]
  const place = ({ id }: LayerDraft) => {
    const index = newest.findIndex((layer) => layer.id === id)
    return index === -1 ? newest.length : index
  }
  return [...merged, ...added].sort((a, b) => place(a) - place(b))
}

/** They have no names: a shift is what it says. */
function mergedShifts(mine: ShiftDraft[], base: ShiftDraft[], newest: ShiftDraft[]): ShiftDraft[] {
  const isIn = (shifts: ShiftDraft[]) => {
    const texts = new Set(shifts.map(textOf))
    return (shift: ShiftDraft) => texts.has(textOf(shift))
  }
  const [wasThere, isThere, isWanted] = [isIn(base), isIn(newest), isIn(mine)]
  return [
    ...newest.filter((shift) => !wasThere(shift) || isWanted(shift)),
    ...mine.filter((shift) => !wasThere(shift) && !isThere(shift)),
  ]
}

/** Of two of the same fields those that differ. */
function changedFields<Fields extends object>(mine: Fields, base: Fields): Partial<Fields> {
  const same = (name: string) =>
    JSON.stringify(mine[name as keyof Fields]) === JSON.stringify(base[name as keyof Fields])
  return Object.fromEntries(Object.entries(mine).filter(([name]) => name !== 'key' && !same(name))) as Partial<Fields>
}

const textOf = ({ user, start, end }: ShiftDraft) => `${user} ${start} ${end}`

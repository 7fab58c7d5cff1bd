import { describe, expect, it } from 'vitest'
import { nextLayers } from '../../../../directory/schedules/next-layers.ts'
import { onCallAt } from '../../../../on-call/on-call.ts'
import { draftOf, type LayerDraft, newLayer } from './draft.ts'
import { type StoredLayer, turnNow, withWish } from './turn-now.ts'

const ZONE = 'Europe/Berlin'
/** A Wednesday; weeks are handed off on Mondays. */
const NOW = Date.parse('2026-11-25T12:00:00Z')
const [ann, ben, cleo] = [1, 2, 3]

/** It is the third week: Cleo’s. */
const stored: StoredLayer = {
  ...{ id: 1, name: 'Weeks', startsOn: '2026-11-09T09:00', endsOn: null, rotation: 'P1W', turnOffset: 0 },
  ...{ users: [{ id: ann }, { id: ben }, { id: cleo }], restrictionType: null, restrictions: [] },
}

const draft = (changes: Partial<LayerDraft> = {}): LayerDraft => {
  const schedule = { id: 1, name: '', timezone: ZONE, type: 'RECURRING' as const, showGaps: true, version: 1 }
  const [layer] = draftOf(
    { ...schedule, defaultShiftDuration: null, escalationPolicies: [], scheduleLayers: [stored] },
    NOW,
  ).scheduleLayers
  return { ...(layer as LayerDraft), ...changes }
}

describe('whose turn it is', () => {
  it('is by the order of a layer as it is', () => {
    expect(turnNow(draft(), stored, ZONE, NOW)).toEqual({ index: 2, begun: true })
  })

  it('stays the same when somebody is removed', () => {
    expect(turnNow(draft({ users: [ben, cleo] }), stored, ZONE, NOW)).toEqual({ index: 1, begun: true })
  })

  it('is counted from the beginning of a new layer', () => {
    const layer = { ...newLayer('2026-11-16T09:00'), users: [ann, ben] }
    expect(turnNow(layer, undefined, ZONE, NOW)).toEqual({ index: 1, begun: true })
  })

  it('is the first one of a layer that begins later', () => {
    const layer = { ...newLayer('2026-12-07T09:00'), users: [ann, ben] }
    expect(turnNow(layer, undefined, ZONE, NOW)).toEqual({ index: 0, begun: false })
  })

  it('is that of the wished person', () => {
    expect(turnNow(draft({ wishedTurn: 0 }), stored, ZONE, NOW)).toEqual({ index: 0, begun: true })
  })

  it.for([
    ['people', { users: [] }],
    ['a first hand-off', { startsOn: '' }],
    ['a length', { rotation: 'PW' }],
    ['time left', { endsOn: '2026-11-20T09:00' }],
  ] as [string, Partial<LayerDraft>][])('can’t be said without %s', ([, changes]) => {
    expect(turnNow(draft(changes), stored, ZONE, NOW)).toBeNull()
  })

  it('can’t be said while the zone is being typed', () => {
    expect(turnNow(draft(), stored, 'Europe/Ber', NOW)).toBeNull()
  })
})

/** Who the server, given what the form sends, has on call at an instant. */
function onCall(layer: LayerDraft, at = NOW, before: StoredLayer | undefined = stored): number | null {
  const rotation = { unit: 'week', every: 1 } as const
  const stores = ({ id, name, startsOn, users, turnOffset }: StoredLayer) => {
    return {
      ...{ id, name, start: startsOn, end: null, users: users.map((user) => user.id) },
      ...{ turnOffset, rotation, restrictions: [] },
    }
  }
  const wanted = { id: layer.id, start: layer.startsOn, rotation, ...withWish(layer, before, ZONE, NOW) }
  const present = { layers: before ? [stores(before)] : [], pastLayers: [] }
  const { layers } = nextLayers(present, [wanted], ZONE, NOW)
  return onCallAt({ type: 'recurring', timeZone: ZONE, layers, overrides: [] }, at)
}

describe('what the form sends', () => {
  it('leaves the turn with whom it says has it', () => {
    for (const users of [
      [ann, ben, cleo],
      [cleo, ann],
      [ben, cleo, ann, ben],
      [ann, ben],
    ]) {
      const layer = draft({ users })
      expect(onCall(layer)).toBe(users[turnNow(layer, stored, ZONE, NOW)?.index ?? -1])
    }
  })

  it('gives it to whom somebody wishes, with the others after them', () => {
    const week = 7 * 86_400_000
    for (const wishedTurn of [0, 1, 2]) {
      const layer = draft({ wishedTurn })
      const expected = [0, 1, 2].map((turn) => layer.users[(wishedTurn + turn) % 3])
      expect([NOW, NOW + week, NOW + 2 * week].map((at) => onCall(layer, at))).toEqual(expected)
    }
  })

  it('says a wish that looks like what was read in another way', () => {
    // Their order as it is, but the one at the index that is stored as offset now: sent as read, it would be no wish.
    const changed = { ...stored, turnOffset: 1 }
    const layer = draft({ users: [cleo, ann, ben], wishedTurn: 0 })
    expect(onCall(layer, NOW, changed)).toBe(cleo)
  })
})

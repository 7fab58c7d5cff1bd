import { LIMITS } from '../../limits.ts'
import { continueTurns } from '../../on-call/continue-turns.ts'
import type { Instant, Layer } from '../../on-call/model.ts'
import { wallTime } from '../../on-call/wall-time.ts'
import { zoneOf } from '../../on-call/zone.ts'
import { Refusal } from '../refusal.ts'
import type { StoredLayer, schedules } from '../schema.ts'

/** A layer as somebody wants it. */
export interface LayerFields extends Omit<Layer, 'name' | 'window'> {
  /** Of the layer that it changes. */
  id?: number | undefined
  name?: string | undefined
  turnOffset?: number
}

type Layers = Pick<typeof schedules.$inferSelect, 'layers' | 'pastLayers'>

/**
 * What becomes of a schedule's layers when these are wanted from now on. What held until now goes to the past, unless nothing
 * changes that decides who is on call; a layer that is changed goes on with whoever has its turn.
 */
export function nextLayers(before: Layers, wanted: LayerFields[], timeZone: string, now: Instant): Layers {
  const names = namesOf(before.layers, wanted)
  const known = knownLayers(before.layers, wanted, names)
  let lastId = Math.max(0, ...[before, ...before.pastLayers].flatMap(({ layers }) => layers.map(({ id }) => id)))
  const layers = wanted.map((fields, index): StoredLayer => {
    const old = known[index]
    const { start, end = null, users, rotation, restrictions = [] } = fields
    const layer = { id: old?.id ?? ++lastId, name: names[index] as string, start, end, users, rotation, restrictions }
    return { ...layer, turnOffset: turnOffsetOf(fields, old, layer, index, timeZone, now) }
  })
  if (turnsOf(layers) === turnsOf(before.layers)) return { layers, pastLayers: before.pastLayers }
  return { layers, pastLayers: withPresent(before, timeZone, now) }
}

/** By id, else by name; undefined: a new one. */
function knownLayers(present: StoredLayer[], wanted: LayerFields[], names: string[]): (StoredLayer | undefined)[] {
  const byId = wanted.map(({ id }, index) => {
    if (id !== undefined && wanted.findIndex((other) => other.id === id) < index) {
      throw refusal(index, 'id', 'is the id of another layer too')
    }
    return present.find((layer) => layer.id === id)
  })
  return names.map(
    (name, index) => byId[index] ?? present.find((layer) => layer.name === name && !byId.includes(layer)),
  )
}

/** A layer without a name keeps the one that it has, or is called by its place. */
function namesOf(present: StoredLayer[], wanted: LayerFields[]): string[] {
  const names = wanted.map(({ id, name }) => name ?? present.find((layer) => layer.id === id)?.name)
  for (const [index, name] of names.entries()) {
    if (name !== undefined && names.indexOf(name) < index)
      throw refusal(index, 'name', 'is the name of another layer too')
  }
  for (const [index, name] of names.entries()) {
    let place = index + 1
    while (name === undefined && names.includes(`Layer ${place}`)) place++
    names[index] = name ?? `Layer ${place}`
  }
  return names as string[]
}

/**
 * An offset that is sent back as it was read is no wish: programs read a schedule, change the users and send all of it, and
 * whoever is on call today shall stay.
 */
function turnOffsetOf(
  { turnOffset, users }: LayerFields,
  old: StoredLayer | undefined,
  layer: StoredLayer,
  index: number,
  timeZone: string,
  now: Instant,
): number {
  if (turnOffset !== undefined && turnOffset !== old?.turnOffset) {
    if (turnOffset < users.length) return turnOffset
    throw refusal(index, 'turnOffset', `is an index into users, so at most ${users.length - 1}`)
  }
  return old ? continueTurns(old, layer, timeZone, now) : 0
}

/** Whatever decides who is on call, for comparing. */
function turnsOf(layers: StoredLayer[]): string {
  return JSON.stringify(
    layers.map(({ id, start, end, users, turnOffset, rotation, restrictions }) => {
      return [id, start, end, users, turnOffset, rotation.unit, rotation.every, restrictions]
    }),
  )
}

/** The past and the present, which has ended. */
export function withPresent({ layers, pastLayers }: Layers, timeZone: string, now: Instant): Layers['pastLayers'] {
  const zone = zoneOf(timeZone)
  const begun = layers.filter(({ start }) => zone.instantOf(wallTime(start)) < now)
  const last = pastLayers.at(-1)
  // Somebody who builds a schedule saves it often before it begins.
  const earlier = last && turnsOf(last.layers) === turnsOf(begun) ? pastLayers.slice(0, -1) : pastLayers
  return bounded([...earlier, { until: now, layers: begun }])
}

/** The newest of it. What is forgotten was nobody, rather than what came after it. */
function bounded(past: Layers['pastLayers']): Layers['pastLayers'] {
  let characters = 0
  let first = past.length
  while (first > 0 && past.length - first < LIMITS.pastChangesPerSchedule) {
    characters += JSON.stringify(past[first - 1]).length
    if (characters > LIMITS.pastLayersCharacters) break
    first--
  }
  const forgotten = past[first - 1]
  return forgotten ? [{ until: forgotten.until, layers: [] }, ...past.slice(first)] : past
}

function refusal(index: number, field: string, message: string): Refusal {
  const path = `scheduleLayers[${index}].${field}`
  return new Refusal('BAD_REQUEST', `${path} ${message}`, path)
}

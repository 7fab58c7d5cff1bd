import type { InboundEvent } from '../event.ts'
import { eventFields, type Variables } from './variables.ts'

/** Characters of one text that conditions see. */
const SEEN_CHARACTERS = 16_384

/** The variables as conditions see them: whole numbers are ints, and a field that is null is absent. */
export type ConditionVariables = Record<'event' | 'payload' | 'source' | 'now', unknown>

export function conditionVariables({ event, payload, source, now }: Variables): ConditionVariables {
  return { event: celValue(event), payload: celValue(payload), source: celValue(source), now: new Date(now) }
}

/** The same, after a rule has changed the event. */
export function withEvent(variables: ConditionVariables, event: InboundEvent): ConditionVariables {
  return { ...variables, event: celValue(eventFields(event)) }
}

/** Maps, because an object's own field could be called `constructor`, which the evaluator asks objects for. */
function celValue(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return value.slice(0, SEEN_CHARACTERS)
    case 'number':
      return Number.isSafeInteger(value) ? BigInt(value) : value
    case 'boolean':
      return value
    case 'object': {
      if (value === null) return null
      if (Array.isArray(value)) return value.map(celValue)
      const fields = Object.entries(value).filter(([, field]) => field !== null && field !== undefined)
      return new Map(fields.map(([name, field]) => [name, celValue(field)]))
    }
    default:
      return null
  }
}

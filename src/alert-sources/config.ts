import type { ResponsePlan } from '../incidents/model.ts'
import type { Priority } from './event.ts'

/** How a source turns events into incidents, apart from their keys (a key always groups first). */
export type GroupingMode = 'every-event' | 'by-summary' | 'one-pending' | 'one-open' | 'time-window'

/** What an alert source's object knows of itself, so that it can open incidents without D1. */
export interface AlertSourceConfig {
  sourceId: number
  name: string
  /** Begins its incidents' references. */
  shortName: string
  active: boolean
  grouping: GroupingMode
  /** For 'time-window'. */
  groupingWindowMs: number
  /** An event's own priority counts only where this is HIGH. */
  defaultPriority: Priority
  autoResolveAfterMs: number | null
  /** The generation that the present integration key carries. */
  keyGeneration: number
  /** Until then the generation before it is taken too. */
  previousKeyValidUntil: number | null
  plan: ResponsePlan
  /** Grows with each publication; an older one is ignored. */
  revision: number
}

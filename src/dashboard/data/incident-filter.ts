import type { IncidentSummary } from '../../api/schemas/incident.ts'

export type IncidentStatus = IncidentSummary['status']
export type Priority = IncidentSummary['priority']

/** What the address of the incident list says. Absent means all. */
export interface ListFilter {
  states?: IncidentStatus[]
  sources?: number[]
  priority?: Priority
  query?: string
  /** How many newer incidents come before the first one shown. */
  start?: number
}

export const STATES = ['PENDING', 'ACCEPTED', 'RESOLVED'] as const satisfies IncidentStatus[]
export const PAGE_SIZE = 50

/** Reads `?states=PENDING,ACCEPTED&query=disk`; what makes no sense is left out. */
export function parseListFilter(search: Record<string, unknown>): ListFilter {
  const list = (name: string) => (typeof search[name] === 'string' ? search[name].split(',') : [])
  const states = STATES.filter((state) => list('states').includes(state))
  const sources = list('sources').map(Number).filter(isId)
  const start = Number(search.start)
  const query = typeof search.query === 'string' ? search.query.slice(0, 200) : ''
  return {
    ...(states.length > 0 && { states }),
    ...(sources.length > 0 && { sources }),
    ...((search.priority === 'HIGH' || search.priority === 'LOW') && { priority: search.priority }),
    ...(query && { query }),
    ...(isId(start) && { start }),
  }
}

export function isFiltered({ states, sources, priority, query }: ListFilter): boolean {
  return Boolean(states || sources || priority || query)
}

const isId = (value: number) => Number.isSafeInteger(value) && value > 0

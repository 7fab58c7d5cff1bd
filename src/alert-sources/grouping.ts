import type { IncidentStatus } from '../incidents/model.ts'
import type { AlertSourceConfig } from './config.ts'
import type { InboundEvent } from './event.ts'

/** An open incident, as far as its source remembers it. */
export interface OpenIncident {
  number: number
  status: Exclude<IncidentStatus, 'RESOLVED'>
}

/** The incident that an event belongs to, and whether by its own key or only because the mode allows no other. */
export interface Group extends OpenIncident {
  by: 'key' | 'mode'
}

/** Of the incident that stands for a storm. No event's key begins so. */
export const STORM_KEY = 'storm:'

/** What the source can look up without reading all its incidents. */
export interface OpenIncidents {
  byKey(groupKey: string): OpenIncident | null
  /** The newest open one; with `pendingOnly`, the newest pending one. */
  newest(options: { pendingOnly: boolean; openedAfter: number }): OpenIncident | null
}

/**
 * What makes two events the same problem, as one text: the incident key if there is one, the summary where the source
 * groups by it, and otherwise the event itself, so that an event delivered twice opens one incident.
 *
 * Keys and summaries compare without regard to case and outer white space, as iLert's do.
 */
export function groupKey(event: InboundEvent, eventId: string, config: Pick<AlertSourceConfig, 'grouping'>): string {
  if (event.key !== null) return `key:${fold(event.key)}`
  if (config.grouping === 'by-summary') return `summary:${fold(event.summary)}`
  return `event:${eventId}`
}

/**
 * The open incident that an event belongs to; null when there is none. The order is iLert's: the key first, whatever the
 * mode; then the time window; then the modes that allow one incident only.
 */
export function findGroup(key: string, config: AlertSourceConfig, open: OpenIncidents, now: number): Group | null {
  const same = open.byKey(key)
  if (same) return { ...same, by: 'key' }
  const allowed = onlyAllowed(config, open, now)
  return allowed && { ...allowed, by: 'mode' }
}

function onlyAllowed(config: AlertSourceConfig, open: OpenIncidents, now: number): OpenIncident | null {
  switch (config.grouping) {
    case 'every-event':
    case 'by-summary':
      return null
    case 'time-window':
      return open.newest({ pendingOnly: false, openedAfter: now - config.groupingWindowMs })
    case 'one-open':
      return open.newest({ pendingOnly: false, openedAfter: 0 })
    case 'one-pending':
      return open.newest({ pendingOnly: true, openedAfter: 0 })
  }
}

function fold(text: string): string {
  return text.trim().toLowerCase()
}

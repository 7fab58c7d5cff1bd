import { type AlertSourceConfig, ANY_MAIL, NO_PROCESSING } from './config.ts'
import type { InboundEvent } from './event.ts'

export const NOON = Date.UTC(2026, 0, 5, 12)
export const MINUTE = 60_000

export function anEvent(given: Partial<InboundEvent> = {}): InboundEvent {
  return {
    type: 'ALERT',
    key: null,
    summary: 'Disk full on db-1',
    details: null,
    priority: null,
    severity: null,
    images: [],
    links: [],
    comments: [],
    labels: {},
    customDetails: null,
    ...given,
  }
}

export function aConfig(given: Partial<AlertSourceConfig> = {}): AlertSourceConfig {
  return {
    sourceId: 5,
    name: 'Prometheus',
    shortName: 'PROM',
    active: true,
    grouping: 'every-event',
    groupingWindowMs: 10 * MINUTE,
    priority: { type: 'fixed', priority: 'HIGH' },
    raiseAtSupportHours: false,
    autoResolveAfterMs: null,
    resolveDelayMs: 0,
    eventsPerMinute: 10_000,
    maxOpenIncidents: 1000,
    maintenance: [],
    processing: NO_PROCESSING,
    mail: ANY_MAIL,
    sms: null,
    heartbeat: null,
    signing: null,
    keyGeneration: 1,
    previousKeyValidUntil: null,
    plan: { policyId: 7, policyName: 'Web', initialDelayMs: 0, passes: 1, levels: [], fallback: [] },
    plans: {},
    revision: 1,
    ...given,
  }
}

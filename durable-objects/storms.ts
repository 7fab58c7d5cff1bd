import type { AlertSourceConfig } from '../src/alert-sources/config.ts'
import type { InboundEvent } from '../src/alert-sources/event.ts'
import { STORM_KEY } from '../src/alert-sources/grouping.ts'
import { type Chosen, openingOf } from '../src/alert-sources/opening.ts'
import type { Opening } from '../src/incidents/model.ts'
import type { AlertSourceStore } from './alert-source-store.ts'
import type { Receipt } from './incident.ts'

/** How incidents are reached: the object's own ways. */
interface Incidents {
  /** Answers its number. */
  open(groupKey: string, opening: Omit<Opening, 'id' | 'reference'>): number
  pass(event: InboundEvent, number: number): Promise<Receipt>
}

/** What became of an event in a storm. Null: the storm's incident turned out to be over; decide anew. */
type Collected = { number: number; ended: boolean } | null

/**
 * Above so many open incidents, further problems are told in one incident that says so: one for each priority and policy, so
 * that no LOW storm swallows what must wake somebody. Each problem with a key is remembered, and the incident is over when
 * the last of them is. What has no key can't say that it is over: then a person ends it.
 */
export class Storms {
  readonly #store: AlertSourceStore
  readonly #incidents: Incidents

  constructor(store: AlertSourceStore, incidents: Incidents) {
    this.#store = store
    this.#incidents = incidents
  }

  /** Takes the ALERT of a problem that no incident has yet. */
  async collect(event: InboundEvent, groupKey: string, config: AlertSourceConfig, chosen: Chosen): Promise<Collected> {
    const opening = openingOf(stormOf(event, config), config, Date.now(), chosen)
    const stormKey = `${STORM_KEY}${opening.priority}:${opening.plan.policyId}`
    const number = this.#store.byKey(stormKey)?.number
    if (number === undefined) {
      const opened = this.#incidents.open(stormKey, opening)
      this.#store.collect(groupKey, opened)
      return { number: opened, ended: false }
    }
    this.#store.collect(groupKey, number)
    return this.#tell(event, number)
  }

  /** Takes an event of a problem that is in a storm's incident already. */
  async follow(event: InboundEvent, groupKey: string, number: number): Promise<Collected> {
    if (event.type !== 'RESOLVE') return this.#tell(event, number)
    // The row goes only when the incident has heard of it: whatever fails here is said again.
    if (this.#store.collectedCount(number) > 1) {
      const told = await this.#tell(event, number)
      if (!told) return null
    }
    const last = this.#store.collectedCount(number) <= 1
    const receipt = last ? await this.#incidents.pass(event, number) : null
    this.#store.endCollected(groupKey, number)
    return { number, ended: receipt?.status === 'RESOLVED' }
  }

  /** What is said of one problem of many must neither accept nor resolve the others. */
  async #tell(event: InboundEvent, number: number): Promise<Collected> {
    const told: InboundEvent = event.type === 'ALERT' ? event : { ...event, type: 'COMMENT', summary: said(event) }
    const { taken, was } = await this.#incidents.pass(told, number)
    if (taken) return { number, ended: false }
    this.#store.setStatus(number, was ?? 'RESOLVED', Date.now())
    return null
  }
}

function said({ type, summary, key }: InboundEvent): string {
  const what = { ACCEPT: 'Accepted', RESOLVE: 'Over', COMMENT: 'Comment', ALERT: 'Alert' }[type]
  return `${what}: ${summary === type ? (key ?? summary) : summary}`
}

/** The event that opens the incident of a storm. */
function stormOf(event: InboundEvent, { maxOpenIncidents, name }: AlertSourceConfig): InboundEvent {
  return {
    ...event,
    ...{ type: 'ALERT', key: null, customDetails: null, links: [], images: [], comments: [] },
    summary: `${maxOpenIncidents} incidents of ${name} are open: further events are collected here`,
    details: `Each further problem is an entry of this incident’s timeline until some of the open incidents are resolved. This incident is resolved when the last problem collected in it is; problems without a key never say so.\n\nThe first: ${event.summary}`,
  }
}

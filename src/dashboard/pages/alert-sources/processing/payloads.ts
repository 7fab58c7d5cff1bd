import type { AlertSource } from '../../../../api/schemas/alert-source.ts'
import type { LoggedEvent } from '../../../../api/schemas/logged-event.ts'
import type { Trial } from '../../../data/event-processing.ts'

type Request = Trial['request']

const OWN_READERS: Record<string, string> = { API: 'event-api', EMAIL: 'email', SMS: 'sms' }
const OTHER_READERS = ['event-api', 'json', 'pagerduty-v2', 'opsgenie']

/** The events of the log whose request it has: each request once, the newest first. */
export function requestsIn(log: LoggedEvent[]): { id: number; summary: string; at: string; request: Request }[] {
  return log.flatMap(({ id, summary, timestamp: at, request }) => (request ? [{ id, summary, at, request }] : []))
}

/** Who would read what comes to this source. */
export function readerOf({ integrationType }: Pick<AlertSource, 'integrationType'>): string {
  return OWN_READERS[integrationType] ?? integrationType.toLowerCase().replaceAll('_', '-')
}

/** The readers to choose from, the source's own first. */
export function readersFor(source: Pick<AlertSource, 'integrationType'>, log: LoggedEvent[]): string[] {
  const seen = log.flatMap(({ request }) => (request ? [request.via] : []))
  return [...new Set([readerOf(source), ...seen, ...OTHER_READERS])]
}

/** Something to begin with, where nothing has come yet. */
export function exampleRequest(): Request {
  const body = {
    ...{ summary: 'Disk full', status: 'firing', key: 'web-1/disk', severity: 'critical' },
    ...{ host: 'web-1', labels: { team: 'db', env: 'prod' } },
  }
  return { via: 'json', method: 'POST', body: JSON.stringify(body, null, 2) }
}

/** A body as people read it. */
export function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

import { deliveries, type LoggedDelivery, type Outcome } from '../directory/deliveries.ts'
import { incidentIdOf } from './incident-lookup.ts'
import { json, route, router } from './route.ts'
import { type Delivery, type DeliveryOutcome, deliveryQuery, deliveryLog as schema } from './schemas/delivery.ts'

/** What was sent to whom, through whom, and what came of it. */
export const deliveryLog = router()

deliveryLog.openapi(
  route('administrator', {
    ...{ method: 'get', path: '/delivery-log', tags: ['Carriers'], summary: 'What was sent, and what came of it' },
    request: { query: deliveryQuery },
    responses: { 200: json(schema, 'Newest first; kept for 90 days') },
  }),
  async (c) => {
    const query = c.req.valid('query')
    const { user: userId, method: channel, provider, outcome, incident, from, until, text, before } = query
    const filter = {
      ...{ userId, channel, provider, text },
      outcome: outcome && (outcome.toLowerCase() as Outcome),
      incidentId: incident === undefined ? undefined : await incidentIdOf(c.env, incident),
      from: from === undefined ? undefined : Date.parse(from),
      until: until === undefined ? undefined : Date.parse(until),
    }
    const { entries, next } = await deliveries(c.env, filter, before ?? null, query['max-results'])
    return c.json({ entries: entries.map(present), next }, 200)
  },
)

function present(entry: LoggedDelivery): Delivery {
  const { id, at, userId, userName, incidentId, reference, summary, channel, target, provider, outcome } = entry
  return {
    ...{ id, timestamp: new Date(at).toISOString(), method: channel, target, provider },
    user: { id: userId, ...(userName !== null && { name: userName }) },
    // The read model may not have it yet, or no longer.
    incident:
      incidentId === null
        ? null
        : { id: incidentId, reference: reference ?? String(incidentId), summary: summary ?? '' },
    outcome: outcome.toUpperCase() as DeliveryOutcome,
    reason: entry.reason,
    durationMs: entry.durationMs,
  }
}

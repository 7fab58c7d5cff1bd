import * as z from 'zod'
import type { LoggedEntry } from '../../durable-objects/event-log.ts'
import { boundedEvent } from '../alert-sources/bounded-event.ts'
import type { InboundEvent } from '../alert-sources/event.ts'
import { findIntegrationType, INTEGRATION_TYPES } from '../alert-sources/integration-types.ts'
import { NotAccepted, receive } from '../alert-sources/receive.ts'
import { toolOfType } from '../alert-sources/tools/index.ts'
import { normalise } from '../alert-sources/tools/normalise.ts'
import { toolRequest } from '../alert-sources/tools/tool-request.ts'
import { findSource, type StoredSource } from '../directory/alert-sources.ts'
import { Refusal } from '../directory/refusal.ts'
import { LIMITS } from '../limits.ts'
import { call } from '../objects.ts'
import { placeOf } from './alert-source-view.ts'
import { body, json, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import { integrationTypeInfo, sourceSetup, testEventRequest, testEventResult } from './schemas/integration-type.ts'
import { type LoggedEvent, loggedEvent } from './schemas/logged-event.ts'

const tags = ['Alert sources']

/** The kinds of source, how one is connected, a test event, and the log of what came. */
export const sourceEvents = router()

sourceEvents.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/integration-types', tags, summary: 'List the kinds of alert source' },
    responses: { 200: json(z.array(integrationTypeInfo), 'Our own first, then tools by name') },
  }),
  (c) =>
    c.json(
      INTEGRATION_TYPES.map(({ address, setup, ...info }) => info),
      200,
    ),
)

sourceEvents.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/alert-sources/{id}/setup', tags, summary: 'The steps to connect the tool' },
    request: { params: idParam },
    responses: { 200: json(sourceSetup, 'With the source’s real address and key') },
  }),
  async (c) => {
    const source = await findSource(c.env, c.req.valid('param').id)
    const type = findIntegrationType(source.integrationType)
    const place = await placeOf(c, source)
    return c.json({ address: type?.address(place) ?? null, steps: type?.setup(place) ?? [] }, 200)
  },
)

sourceEvents.openapi(
  route('administrator', {
    ...{
      method: 'post',
      path: '/alert-sources/{id}/test-event',
      tags,
      summary: 'Send a test event, which pages people as a real one does',
    },
    request: { params: idParam, body: { ...body(testEventRequest), required: false } },
    responses: { 200: json(testEventResult, 'What became of it') },
  }),
  async (c) => {
    const source = await findSource(c.env, c.req.valid('param').id)
    const { eventType = 'ALERT' }: z.input<typeof testEventRequest> = c.req.valid('json') ?? {}
    const event = { ...(await testEvent(source)), type: eventType }
    const claims = { sourceId: source.id, generation: source.keyGeneration }
    const delivery = { way: 'events' as const, events: [event], ignored: null, request: null, own: true as const }
    try {
      const at = Date.now()
      const received = await receive(c.env, claims, delivery, { deliveryId: crypto.randomUUID(), receivedAt: at })
      const [result] = received.taken ? received.results : []
      if (!result) throw new Refusal('CONFLICT', 'The alert source is not ready yet, or over its rate: try again soon')
      const { outcome, incident } = result
      return c.json({ outcome, incident, reason: 'reason' in result ? result.reason : null }, 200)
    } catch (error) {
      if (error instanceof NotAccepted) throw new Refusal('CONFLICT', 'The event could not be kept: try again soon')
      throw error
    }
  },
)

sourceEvents.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/alert-sources/{id}/events', tags, summary: 'The log of the events that came' },
    request: {
      params: idParam,
      query: z.object({
        'max-results': z.coerce.number().int().min(1).max(LIMITS.pageSize).default(50),
        outcome: loggedEvent.shape.outcome.optional(),
      }),
    },
    responses: { 200: json(z.array(loggedEvent), 'Newest first') },
  }),
  async (c) => {
    const { id } = await findSource(c.env, c.req.valid('param').id)
    const { 'max-results': most, outcome } = c.req.valid('query')
    const logged = await call(c.env.ALERT_SOURCE, String(id), (source) => source.loggedEvents(EVENTS_LOOKED_AT))
    const presented = logged.map(
      ({ at, outcome: became, ...entry }): LoggedEvent => ({
        ...entry,
        timestamp: new Date(at).toISOString(),
        outcome: OUTCOMES[became],
      }),
    )
    return c.json(presented.filter((one) => !outcome || one.outcome === outcome).slice(0, most), 200)
  },
)

/** As many as the log keeps of a source whose events come one by one, and more of a storm. */
const EVENTS_LOOKED_AT = 200

const OUTCOMES: Record<LoggedEntry['outcome'], LoggedEvent['outcome']> = {
  opened: 'OPENED',
  appended: 'APPENDED',
  accepted: 'ACCEPTED',
  resolved: 'RESOLVED',
  collected: 'COLLECTED',
  duplicate: 'DUPLICATE',
  dropped: 'DROPPED',
  suppressed: 'SUPPRESSED',
  'no-open-incident': 'NO_OPEN_INCIDENT',
  ignored: 'IGNORED',
  change: 'CHANGE',
}

/** Its tool's sample, read as a real one is, so that templates and rules have something to work on. One incident, however often. */
async function testEvent(source: StoredSource): Promise<InboundEvent> {
  const tool = toolOfType(source.integrationType)
  if (tool) {
    const request = toolRequest({ method: 'POST', headers: {}, query: {}, ...tool.sample })
    const [sample] = await normalise(
      tool.read(request).events.filter(({ type }) => type === 'ALERT'),
      request,
    )
    if (sample) return { ...sample, key: TEST_KEY, summary: `Test of ${source.name}: ${sample.summary}` }
  }
  return boundedEvent({
    ...{ type: 'ALERT', key: TEST_KEY, summary: `Test of ${source.name}: everything arrives` },
    details: 'Somebody sent a test event from the alert source’s page. Nothing is broken.',
  })
}

const TEST_KEY = 'tocsin-test-event'

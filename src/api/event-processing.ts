import { type AlertSourceConfig, NO_PROCESSING } from '../alert-sources/config.ts'
import type { RawRequest } from '../alert-sources/delivery.ts'
import type { InboundEvent } from '../alert-sources/event.ts'
import { loggedDelivery } from '../alert-sources/logged-delivery.ts'
import type { Processed } from '../alert-sources/processing/model.ts'
import { processEvent } from '../alert-sources/processing/process.ts'
import { readDelivery } from '../alert-sources/read-delivery.ts'
import { Unreadable } from '../alert-sources/tools/tool.ts'
import { loadAlertSourceConfig } from '../directory/alert-source-config.ts'
import { policyNames } from '../directory/policy-names.ts'
import { Refusal } from '../directory/refusal.ts'
import type { Env } from '../env.ts'
import { type StoredProcessing, uncheckedProcessing } from './processing-fields.ts'
import { body, json, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import { type TriedProcessing, triedProcessing, tryProcessingRequest } from './schemas/event-processing.ts'

/** A request may hold a thousand; a person looks at the first ones. */
const TRIED_EVENTS = 20

/** Templates and rules tried on a request, with nothing saved and nobody paged. */
export const eventProcessing = router()

eventProcessing.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/alert-sources/{id}/try', tags: ['Alert sources'] },
    summary: 'Try templates and rules on a request',
    request: { params: idParam, body: body(tryProcessingRequest) },
    responses: { 200: json(triedProcessing, 'What they would make of its events') },
  }),
  async (c) => {
    const { request, templates, rules } = c.req.valid('json')
    const stored = uncheckedProcessing({ templates, rules })
    const config = await loadAlertSourceConfig(c.env, c.req.valid('param').id)
    if (!config) throw new Refusal('NOT_FOUND', `There is no alert source ${c.req.valid('param').id}`)
    const policies = await namedPolicies(c.env, stored)
    const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])
    const read = await readAgain({ ...request, headers: Object.fromEntries(headers) }, config)
    if ('problem' in read) return c.json({ events: [], more: 0, ignored: null, ...read }, 200)
    const tried = read.events.slice(0, TRIED_EVENTS)
    const more = read.events.length - tried.length
    const { sourceId: id, name, shortName } = config
    const context = { source: { id, name, shortName }, now: Date.now() }
    const processing = { ...stored, templates: stored.templates ?? NO_PROCESSING.templates }
    const events = await Promise.all(
      tried.map(async (event) => present(await processEvent(event, processing, context), policies)),
    )
    return c.json({ events, more, ignored: read.ignored, problem: null }, 200)
  },
)

/** What the log keeps of a longer body ends so. */
const CUT = '…'

async function readAgain(
  request: RawRequest,
  config: AlertSourceConfig,
): Promise<{ events: InboundEvent[]; ignored: string | null } | { problem: string }> {
  try {
    const { events, ignored, summary } = await readDelivery(await loggedDelivery(request), config)
    return { events, ignored: events.length > 0 ? null : (ignored ?? `It opens nothing: ${summary}`) }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const cut = request.body.endsWith(CUT)
      ? ' The log keeps only the beginning of a long request: paste all of it.'
      : ''
    return { problem: `${error.message}${cut}` }
  }
}

/** By id. Refuses a rule that names one that there is not, as saving it would. */
async function namedPolicies(env: Env, { rules }: StoredProcessing): Promise<Map<number, string>> {
  const named = rules.map(({ escalationPolicyId }) => escalationPolicyId)
  const known = await policyNames(
    env,
    named.filter((id) => id !== null),
  )
  const index = named.findIndex((id) => id !== null && !known.has(id))
  if (index < 0) return known
  throw new Refusal(
    'BAD_REQUEST',
    `There is no escalation policy ${named[index]}, which the rule “${rules[index]?.name}” names`,
    `rules[${index}].escalationPolicy.id`,
  )
}

function present(
  { event, droppedBy, escalationPolicyId, suppress, steps }: Processed,
  policies: Map<number, string>,
): TriedProcessing['events'][number] {
  const { type, key, summary, details, priority, severity, links, labels } = event
  return {
    ...{ eventType: type, incidentKey: key, summary, details, priority, severity, links, labels },
    escalationPolicy:
      escalationPolicyId === null
        ? null
        : { id: escalationPolicyId, name: policies.get(escalationPolicyId) ?? String(escalationPolicyId) },
    ...{ droppedBy, suppressedBy: suppress?.rule ?? null, steps },
  }
}

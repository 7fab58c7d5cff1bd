import type { MailSettings } from '../alert-sources/email/mail.ts'
import { checkPattern } from '../alert-sources/email/patterns.ts'
import { parseCron } from '../alert-sources/heartbeats/cron.ts'
import type { HeartbeatSettings } from '../alert-sources/heartbeats/heartbeat.ts'
import { findIntegrationType } from '../alert-sources/integration-types.ts'
import { SIGNING_SECRET } from '../alert-sources/signing.ts'
import type { SourceFields, StoredSource } from '../directory/alert-sources.ts'
import { durationMs } from '../directory/duration.ts'
import { Refusal } from '../directory/refusal.ts'
import { encrypt } from '../encryption.ts'
import type { Env } from '../env.ts'
import { processingOf } from './processing-fields.ts'
import type { AlertSourceInput } from './schemas/alert-source.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** What D1 keeps of a source. What no schema can say alone is checked here, with the field that was wrong. */
export async function fieldsOf(env: Env, input: AlertSourceInput, before: StoredSource | null): Promise<SourceFields> {
  const { name, integrationType, active, incidentCreation, incidentGroupingWindow, autoResolutionTimeout } = input
  if (!findIntegrationType(integrationType)) {
    throw refused(
      'integrationType',
      `There is no integration type ${integrationType}: GET /integration-types lists them`,
    )
  }
  if (incidentCreation === 'ONE_INCIDENT_GROUPED_PER_WINDOW' && !incidentGroupingWindow) {
    throw refused('incidentGroupingWindow', 'is needed to group by a window, such as PT15M')
  }
  const byHours = input.incidentPriorityRule.endsWith('_SUPPORT_HOURS')
  if (byHours && !input.supportHours) {
    throw refused('supportHours', 'is needed by this priority rule: name the support hours')
  }
  const durations = { incidentGroupingWindow, autoResolutionTimeout, resolveDelay: input.resolveDelay }
  for (const [field, value] of Object.entries(durations)) {
    const max = field === 'resolveDelay' ? DAY_MS : 365 * DAY_MS
    if (value) boundedDuration(value, field, { min: MINUTE_MS, max })
  }
  return {
    ...{ name, integrationType, active, incidentCreation },
    escalationPolicyId: input.escalationPolicy.id,
    groupingWindow: incidentGroupingWindow ?? null,
    autoResolutionTimeout: autoResolutionTimeout ?? null,
    priorityRule: input.incidentPriorityRule,
    supportHoursId: input.supportHours?.id ?? null,
    autoRaise: input.autoRaiseIncidents,
    resolveDelay: input.resolveDelay ?? null,
    eventsPerMinute: input.eventsPerMinute ?? null,
    maxOpenIncidents: input.maxOpenIncidents ?? null,
    ...processingOf(input),
    mail: mailOf(input),
    ...smsOf(input),
    heartbeat: heartbeatOf(input),
    signingSecret: await signingSecretOf(env, input, before),
  }
}

/** Milliseconds of an ISO-8601 duration. Throws a refusal where it is out of bounds. */
export function boundedDuration(duration: string, field: string, { min, max }: { min: number; max: number }): number {
  const ms = durationMs(duration)
  if (ms >= min && ms <= max) return ms
  const atLeast = min > 0 ? 'at least a minute and ' : ''
  throw refused(field, `must be ${atLeast}at most ${max === DAY_MS ? 'a day' : `${max / DAY_MS} days`}`)
}

function mailOf(input: AlertSourceInput): MailSettings | null {
  if (input.integrationType !== 'EMAIL') return null
  const { emailPredicates, emailResolvePredicates, resolveKeyExtractor } = input
  for (const [field, predicates] of Object.entries({ emailPredicates, emailResolvePredicates })) {
    for (const [index, { criteria, value }] of predicates.entries()) {
      const problem = criteria.endsWith('_REGEX') ? checkPattern(value) : null
      if (problem) throw refused(`${field}[${index}].value`, problem)
    }
  }
  const problem = resolveKeyExtractor?.criteria === 'MATCHES_REGEX' ? checkPattern(resolveKeyExtractor.value) : null
  if (problem) throw refused('resolveKeyExtractor.value', problem)
  return {
    predicates: emailPredicates,
    operator: input.filterOperator,
    resolvePredicates: emailResolvePredicates,
    resolveOperator: input.resolveFilterOperator,
    keyExtractor: resolveKeyExtractor ?? null,
  }
}

function smsOf({
  integrationType,
  sms,
}: AlertSourceInput): Pick<SourceFields, 'smsNumber' | 'smsKeyword' | 'smsAllowed'> {
  if (integrationType !== 'SMS') return { smsNumber: null, smsKeyword: null, smsAllowed: [] }
  if (!sms) throw refused('sms.number', 'is needed: the number that people write to')
  return { smsNumber: sms.number, smsKeyword: sms.keyword ?? '', smsAllowed: sms.allowedNumbers }
}

function heartbeatOf({ integrationType, heartbeat }: AlertSourceInput): HeartbeatSettings | null {
  if (integrationType !== 'HEARTBEAT') return null
  const { intervalSec, cron, timezone, graceSec = 60, summary } = heartbeat ?? {}
  if (Boolean(intervalSec) === Boolean(cron)) {
    throw refused('heartbeat.intervalSec', 'is needed, or cron instead: when is a ping expected?')
  }
  const rest = { graceMs: graceSec * 1000, summary: summary || null }
  if (!cron) return { ...rest, schedule: { type: 'interval', intervalMs: (intervalSec ?? 0) * 1000 } }
  const parsed = parseCron(cron, timezone || 'UTC', Date.now())
  if ('problem' in parsed) throw refused(`heartbeat.${parsed.field}`, parsed.problem)
  return { ...rest, schedule: { type: 'cron', ...parsed } }
}

/** A PUT of what GET answered keeps the secret, which GET does not tell; an empty text or another type removes it. */
async function signingSecretOf(env: Env, input: AlertSourceInput, before: StoredSource | null): Promise<string | null> {
  if (!findIntegrationType(input.integrationType)?.signature) return null
  const { signingSecret } = input
  if (typeof signingSecret !== 'string') {
    return before?.integrationType === input.integrationType ? before.signingSecret : null
  }
  return signingSecret === '' ? null : encrypt(env.SECRET, SIGNING_SECRET, signingSecret)
}

function refused(field: string, message: string): Refusal {
  const sentence = /^[A-Z]/.test(message) ? message : `${field} ${message}`
  return new Refusal('BAD_REQUEST', sentence, field)
}

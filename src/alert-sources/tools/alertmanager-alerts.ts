import { paragraphs } from './event-parts.ts'
import { labelFingerprint } from './label-fingerprint.ts'
import type { Payload } from './payload.ts'
import { type Reading, type ToolEvent, type ToolRequest, Unreadable } from './tool.ts'

/** What is repeated for each alert of a group must be small, however long its sender made it. */
const GROUP_CHARACTERS = 512

/**
 * Alertmanager's webhook (notify/webhook/webhook.go, version 4, and 3 and 2017's without fingerprints), and the body of its
 * own push API (`/api/v1/alerts`, `/api/v2/alerts`): a bare list, as Prometheus and the rulers of Loki and Mimir send it.
 *
 * One event for each alert, never for the group: a group that fires may hold alerts that are over.
 */
export function readAlertmanager(request: ToolRequest): Reading {
  const body = request.json()
  const group = body.isList() ? null : body
  if (group && !group.at('alerts').isList())
    throw new Unreadable(
      '`alerts` is missing: this is not an Alertmanager notification. With a payload template of your own, use a generic JSON source.',
      'alerts',
    )
  const sent = group ? group.list('alerts') : body.list()
  if (sent.length === 0) return { events: [], ignored: 'The notification holds no alerts.' }
  // One that is broken is no reason to lose the others.
  const alerts = sent.filter((alert) => keyOf(alert) !== null)
  if (alerts.length === 0) throw new Unreadable('No alert has `labels` or a `fingerprint`.', 'alerts.0.labels')
  return { events: alerts.map((alert) => readAlert(alert, group, request.receivedAt)) }
}

/** One alert. `group`: the notification that it came in; null: it was pushed, and only its times say whether it is over. */
export function readAlert(alert: Payload, group: Payload | null, receivedAt: number): ToolEvent {
  const labels = alert.texts('labels')
  const annotations = alert.texts('annotations')
  const type = isOver(alert, group, receivedAt) ? 'RESOLVE' : 'ALERT'
  return {
    type,
    key: keyOf(alert),
    summary: annotations.summary ?? annotations.title ?? nameOf(labels, annotations),
    details: paragraphs(
      annotations.description ?? annotations.message ?? annotations.details,
      type === 'ALERT' ? truncationNote(group) : null,
    ),
    severity: labels.severity ?? annotations.severity ?? null,
    links: [
      { href: annotations.runbook_url ?? annotations.runbook ?? null, text: 'Runbook' },
      { href: annotations.dashboard_url ?? annotations.dashboard ?? null, text: 'Dashboard' },
      { href: labels.url ?? null, text: labels.urlLabel ?? 'Link' },
      { href: alert.text('generatorURL'), text: 'Source' },
      { href: group?.text('externalURL') ?? null, text: 'Alertmanager' },
    ],
    labels,
    payload: { ...(alert.value as object), ...groupOf(group) },
  }
}

function nameOf(labels: Record<string, string>, annotations: Record<string, string>): string {
  const { alertname, instance } = labels
  if (alertname) return instance ? `${alertname} on ${instance}` : alertname
  return annotations.description ?? annotations.message ?? 'An alert without a name'
}

/** The fingerprint, worked out where an old or a pushing sender gives none. Null: neither it nor labels. */
function keyOf(alert: Payload): string | null {
  const fingerprint = alert.text('fingerprint')
  if (fingerprint) return fingerprint
  const labels = alert.at('labels')
  // As sent, for the fingerprint is of every byte; but a label without a value is none.
  const entries = labels.names().flatMap((name): [string, string][] => {
    const { value } = labels.at(name)
    return typeof value === 'string' && value !== '' ? [[name, value]] : []
  })
  return entries.length > 0 ? labelFingerprint(Object.fromEntries(entries)) : null
}

/** By the alert's own status; without one by its end, which while it fires is the year 1, absent or yet to come. */
function isOver(alert: Payload, group: Payload | null, receivedAt: number): boolean {
  const status = (alert.text('status') ?? group?.text('status'))?.toLowerCase()
  if (status) return status === 'resolved'
  const endsAt = Date.parse(alert.text('endsAt') ?? '')
  return endsAt > 0 && endsAt <= receivedAt
}

function truncationNote(group: Payload | null): string | null {
  const count = group?.number('truncatedAlerts') ?? 0
  return count > 0
    ? `Alertmanager left ${count} more of this group out of the notification (\`max_alerts\`): they open no incidents.`
    : null
}

function groupOf(group: Payload | null): Record<string, string> {
  const fields = ['receiver', 'groupKey', 'externalURL'].map((name) => [name, group?.text(name)] as const)
  return Object.fromEntries(
    fields.flatMap(([name, text]): [string, string][] => (text ? [[name, text.slice(0, GROUP_CHARACTERS)]] : [])),
  )
}

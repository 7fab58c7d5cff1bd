import type { EventType } from '../event.ts'
import { paragraphs, presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'

export const newRelic: Tool = {
  id: 'new-relic',
  otherIds: ['newrelic'],
  name: 'New Relic',
  category: 'metrics',
  keywords: ['apm', 'nrql', 'workflow'],
  resolves: true,
  about: 'Issues of New Relic’s workflows, and incidents of its older notification channels.',
  setup: ({ url }) => [
    {
      text: 'In New Relic open **Alerts → Destinations → Webhook** and enter this endpoint URL. It needs no authorization.',
      snippet: { language: 'text', code: url },
    },
    {
      text: 'Open **Alerts → Workflows → Add a workflow**, choose which issues it is about, add the channel **Webhook** with that destination and leave its payload as it is.',
    },
    {
      text: 'Have it notify when an issue is **activated, acknowledged and closed**, so that incidents are accepted and resolved too. **Send test notification** opens an incident here.',
    },
  ],
  read: (request) => ({ events: [readEvent(request.json())] }),
  sample: {
    body: JSON.stringify({
      id: 'c5faa7e6-7b54-402d-af79-f99601e0278c',
      issueUrl: 'https://radar-api.service.newrelic.com/accounts/1/issues/c5faa7e6-7b54-402d-af79-f99601e0278c',
      title: "shop query result is > 1.0 for 1 minutes on 'Low storage'",
      priority: 'CRITICAL',
      impactedEntities: ['shop'],
      totalIncidents: 1,
      state: 'ACTIVATED',
      trigger: 'STATE_CHANGE',
      isCorrelated: false,
      createdAt: 1767607200000,
      updatedAt: 1767607200000,
      sources: ['newrelic'],
      alertPolicyNames: ['Golden Signals'],
      alertConditionNames: ['Low storage'],
      workflowName: 'Tocsin',
    }),
  },
}

function readEvent(payload: Payload): ToolEvent {
  if (payload.text('current_state')) return readIncident(payload)
  if (payload.text('state')) return readIssue(payload)
  throw new Unreadable('state is missing. Leave the payload of the workflow as New Relic suggests it.', 'state')
}

/** The default payload of a workflow's webhook. */
function readIssue(payload: Payload): ToolEvent {
  // A template with {{ json annotations.title }} gives a list.
  const title = payload.text('title') ?? payload.text('title', 0)
  const entities = textsOf(payload, 'impactedEntities')
  return {
    type: typeOf(payload.required('state'), payload.firstText('trigger', 'triggerEvent')),
    key: payload.required('id'),
    summary: title ?? textsOf(payload, 'alertConditionNames') ?? 'An issue of New Relic without a title',
    details: paragraphs(
      payload.text('description') ?? payload.text('description', 0),
      entities && `Affected: ${entities}`,
    ),
    severity: payload.text('priority'),
    links: presentLinks({ 'New Relic': payload.text('issueUrl') }),
    labels: presentLabels({
      entity: payload.text('impactedEntities', 0),
      policy: textsOf(payload, 'alertPolicyNames'),
      condition: textsOf(payload, 'alertConditionNames'),
      workflow: payload.text('workflowName'),
    }),
    payload: payload.value,
  }
}

/** The webhook channel from before workflows. Its test has the number 0 for every id, and no incident of that number ends. */
function readIncident(payload: Payload): ToolEvent {
  const condition = payload.text('condition_name')
  return {
    type: typeOf(payload.required('current_state'), null),
    key: payload.firstText('incident_id', 'condition_id'),
    summary: condition ?? payload.firstText('policy_name', 'details') ?? 'An incident of New Relic without a name',
    details: payload.text('details'),
    severity: payload.text('severity'),
    links: presentLinks({
      'New Relic': payload.text('incident_url'),
      Runbook: payload.text('runbook_url'),
      Policy: payload.text('policy_url'),
    }),
    labels: presentLabels({
      entity: payload.text('targets', 0, 'name'),
      policy: payload.text('policy_name'),
      condition,
      account: payload.text('account_name'),
    }),
    payload: payload.value,
  }
}

/** DEACTIVATED: every incident of the issue is over, and only the time for a relapse runs. */
function typeOf(state: string, trigger: string | null): EventType {
  switch (state.toUpperCase()) {
    case 'CLOSED':
    case 'RESOLVED':
    case 'DEACTIVATED':
      return 'RESOLVE'
    case 'ACKNOWLEDGED':
      return 'ACCEPT'
    default:
      return trigger && /^(ISSUE_)?ACKNOWLEDGED?$/i.test(trigger) ? 'ACCEPT' : 'ALERT'
  }
}

function textsOf(payload: Payload, name: string): string | null {
  const texts = payload.list(name).flatMap((item) => item.text() ?? [])
  return texts.join(', ') || payload.text(name)
}

import { isAwsHealthEvent, readAwsHealthEvent } from './aws-health-event.ts'
import { readAlarmStateChange } from './cloudwatch-alarm.ts'
import { presentLabels } from './event-parts.ts'
import type { Payload } from './payload.ts'
import type { Reading, ToolEvent } from './tool.ts'

export function isEventBridgeEvent(event: Payload): boolean {
  return event.text('detail-type') !== null && event.text('source') !== null
}

/** Reads an event of EventBridge, which came by an API destination or over SNS: "AWS service event" in its user guide. */
export function readEventBridgeEvent(event: Payload): Reading {
  if (isAwsHealthEvent(event)) return readAwsHealthEvent(event)
  if (event.text('detail-type') === 'CloudWatch Alarm State Change') return { events: [readAlarmStateChange(event)] }
  return { events: [readAnyEvent(event)] }
}

/**
 * What the rule lets through is what somebody wants to know. Findings (GuardDuty) have an id that stays the same while they
 * last and a title; of anything else the event's own id at least makes a delivery that is repeated the same.
 */
function readAnyEvent(event: Payload): ToolEvent {
  const detail = event.at('detail')
  const what = event.required('detail-type')
  const about = detail.firstText('title', 'Title') ?? event.text('resources', 0)
  return {
    type: 'ALERT',
    key: detail.text('id') ?? event.text('id'),
    summary: about ? `${what}: ${about}` : what,
    details: detail.firstText('description', 'message', 'reason', 'StatusMessage'),
    severity: detail.text('severity'),
    severityLevel: guardDutyLevel(detail.number('severity')),
    labels: presentLabels({
      source: event.text('source'),
      region: event.text('region'),
      account: event.text('account'),
    }),
    payload: event.value,
  }
}

/** GuardDuty: from 1.0 (low) to 10.0 (critical, from 9 on); null where the severity is no number. */
function guardDutyLevel(severity: number | null): number | null {
  if (severity === null) return null
  if (severity >= 9) return 1
  if (severity >= 7) return 2
  return severity >= 4 ? 3 : 4
}

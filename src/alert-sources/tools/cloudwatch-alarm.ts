import type { EventType } from '../event.ts'
import { paragraphs, presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { type ToolEvent, Unreadable } from './tool.ts'

export function isCloudWatchAlarm(message: Payload): boolean {
  return message.text('AlarmName') !== null && message.text('NewStateValue') !== null
}

/**
 * Reads an alarm as CloudWatch publishes it: of one metric (`Trigger` with its dimensions), of a metric expression or a
 * band (`Trigger.Metrics` and no dimensions beside them) or composite (`AlarmRule` and no `Trigger` at all).
 */
export function readCloudWatchAlarm(message: Payload): ToolEvent {
  const name = message.required('AlarmName')
  const state = message.required('NewStateValue').toUpperCase()
  const arn = message.text('AlarmArn')
  const place = message.text('Region')
  return {
    type: typeOf(state, 'NewStateValue'),
    // Old alarms have no ARN; the parts of it do as well.
    key: arn ?? [message.text('AWSAccountId'), place, name].filter((part) => part !== null).join('/'),
    summary: summaryOf(name, place, state),
    details: paragraphs(
      message.text('NewStateReason'),
      message.text('AlarmDescription'),
      prefixed('Alarm rule: ', message.text('AlarmRule')),
      prefixed('Changed at ', message.text('StateChangeTime')),
    ),
    links: consoleLink(arn),
    labels: {
      ...presentLabels({ state, account: message.text('AWSAccountId'), region: regionOf(arn) ?? place }),
      ...metricLabels(message.at('Trigger')),
    },
    payload: message.value,
  }
}

/** An alarm as EventBridge tells of it: "CloudWatch Alarm State Change". */
export function readAlarmStateChange(event: Payload): ToolEvent {
  const name = event.required('detail', 'alarmName')
  const state = event.required('detail', 'state', 'value').toUpperCase()
  const arn = event.text('resources', 0)
  const region = event.text('region')
  const metric = event.list('detail', 'configuration', 'metrics').find((item) => item.at('metricStat').isObject())
  return {
    type: typeOf(state, 'detail.state.value'),
    // The same key as by SNS: an alarm that takes both ways opens one incident.
    key: arn ?? [event.text('account'), region, name].filter((part) => part !== null).join('/'),
    summary: summaryOf(name, region, state),
    details: paragraphs(
      event.text('detail', 'state', 'reason'),
      event.text('detail', 'configuration', 'description'),
      prefixed('Alarm rule: ', event.text('detail', 'configuration', 'alarmRule')),
    ),
    links: consoleLink(arn),
    labels: {
      ...presentLabels({ state, account: event.text('account'), region }),
      ...presentLabels({
        namespace: metric?.text('metricStat', 'metric', 'namespace') ?? null,
        metric: metric?.text('metricStat', 'metric', 'name') ?? null,
      }),
      ...metric?.texts('metricStat', 'metric', 'dimensions'),
    },
    payload: event.value,
  }
}

/**
 * A lack of data reaches us only where somebody chose to be told of it (`InsufficientDataActions`), and it may be all that
 * is heard of a machine that died. The label `state` lets a rule drop it.
 */
function typeOf(state: string, field: string): EventType {
  switch (state) {
    case 'ALARM':
    case 'INSUFFICIENT_DATA':
      return 'ALERT'
    case 'OK':
      return 'RESOLVE'
    default:
      throw new Unreadable(`${field} must be ALARM, OK or INSUFFICIENT_DATA`, field)
  }
}

function summaryOf(name: string, place: string | null, state: string): string {
  const where = place ? `${name} in ${place}` : name
  return state === 'INSUFFICIENT_DATA' ? `${where}: insufficient data` : where
}

function metricLabels(trigger: Payload): Record<string, string> {
  const metric = trigger.text('MetricName')
    ? trigger
    : trigger
        .list('Metrics')
        .map((item) => item.at('MetricStat', 'Metric'))
        .find((item) => item.isObject())
  if (!metric) return {}
  const dimensions = metric.list('Dimensions').flatMap((dimension): [string, string][] => {
    const name = dimension.firstText('name', 'Name')
    const value = dimension.firstText('value', 'Value')
    return name && value ? [[name, value]] : []
  })
  return {
    ...presentLabels({ namespace: metric.text('Namespace'), metric: metric.text('MetricName') }),
    ...Object.fromEntries(dimensions),
  }
}

/** `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:name`; China and GovCloud have consoles of their own. */
function consoleLink(arn: string | null): ToolEvent['links'] {
  const [, region, name] = /^arn:aws:cloudwatch:([a-z0-9-]+):\d*:alarm:(.+)$/.exec(arn ?? '') ?? []
  if (!region || !name) return []
  const alarm = encodeURIComponent(name.toWellFormed())
  return presentLinks({
    CloudWatch: `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:alarm/${alarm}`,
  })
}

function regionOf(arn: string | null): string | null {
  return /^arn:[a-z-]+:cloudwatch:([a-z0-9-]+):/.exec(arn ?? '')?.[1] ?? null
}

function prefixed(prefix: string, text: string | null): string | null {
  return text && prefix + text
}

import { isCloudWatchAlarm, readCloudWatchAlarm } from './cloudwatch-alarm.ts'
import { isEventBridgeEvent, readEventBridgeEvent } from './eventbridge-event.ts'
import { genericJson } from './generic-json.ts'
import { jsonIfAny } from './json-if-any.ts'
import { isSnsAddress } from './sns-address.ts'
import { readSnsBody, type SnsEnvelope } from './sns-envelope.ts'
import { type Reading, type ToolEvent, type ToolRequest, Unreadable } from './tool.ts'

/** Reads what comes from AWS: over SNS in its envelope or raw, or from EventBridge without SNS. */
export function readSns(request: ToolRequest): Reading {
  const body = readSnsBody(request)
  if ('envelopes' in body) {
    const readings = body.envelopes.map((envelope) => readEnvelope(envelope, request))
    const [first] = readings
    return { ...first, events: readings.flatMap(({ events }) => events) }
  }
  const messageId = request.header('x-amz-sns-message-id')
  const topicArn = request.header('x-amz-sns-topic-arn')
  return readMessage({ message: body.message, subject: null, messageId, topicArn }, request)
}

function readEnvelope(envelope: SnsEnvelope, request: ToolRequest): Reading {
  const { type, topicArn, subscribeUrl } = envelope
  switch (type) {
    case 'Notification':
      return readMessage(envelope, request)
    case 'UnsubscribeConfirmation':
      return { events: [], ignored: `The topic ${topicArn} no longer sends here` }
    case 'SubscriptionConfirmation': {
      if (!subscribeUrl || !isSnsAddress(subscribeUrl))
        throw new Unreadable('SubscribeURL is not an address of Amazon SNS', 'SubscribeURL')
      return { events: [], ignored: `The topic ${topicArn} asked to send here`, confirm: subscribeUrl }
    }
  }
}

interface SnsMessage {
  message: string
  subject: string | null
  messageId: string | null
  /** Null: not over SNS. */
  topicArn: string | null
}

function readMessage(sns: SnsMessage, request: ToolRequest): Reading {
  const message = jsonIfAny(sns.message)
  if (message && isCloudWatchAlarm(message)) return { events: [readCloudWatchAlarm(message)] }
  if (message && isEventBridgeEvent(message)) return readEventBridgeEvent(message)
  if (!sns.topicArn)
    throw new Unreadable(
      'The body is neither a message of Amazon SNS nor an event of EventBridge. Point an SNS subscription or an API destination here.',
    )
  if (!message) return { events: [readText(sns)] }
  // An application that publishes JSON of its own says what it means in the words that the generic source knows.
  const { events } = genericJson.read({ ...request, json: () => message })
  if (events.length === 0) return { events, ignored: 'The message is an empty list' }
  return { events: events.map((event) => ({ ...event, ...named(sns, event) })) }
}

function readText({ message, subject, messageId, topicArn }: SnsMessage): ToolEvent {
  const text = message.trim()
  return {
    type: 'ALERT',
    key: messageId,
    summary: subject?.trim() || text.split('\n', 1)[0] || 'A message of Amazon SNS without text',
    details: text,
    labels: topicArn ? { topic: topicArn } : {},
    payload: { topicArn, subject, message },
  }
}

/** Without a key of its own a message is a problem of its own; its id stays the same when SNS repeats it. */
function named({ subject, messageId, topicArn }: SnsMessage, event: ToolEvent): Partial<ToolEvent> {
  return {
    key: event.key ?? messageId,
    summary: subject?.trim() || event.summary,
    labels: { ...(topicArn && { topic: topicArn }), ...event.labels },
  }
}

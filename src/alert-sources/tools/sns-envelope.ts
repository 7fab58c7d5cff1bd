import { jsonIfAny } from './json-if-any.ts'
import type { Payload } from './payload.ts'
import { type ToolRequest, Unreadable } from './tool.ts'

/**
 * Amazon SNS wraps what is published in an envelope of its own and posts it as `text/plain`, so the body alone says what
 * it is. Format: "HTTP/HTTPS notification JSON format" of Amazon's SNS developer guide.
 *
 * Texts are as they came, not trimmed: the signature is made over exactly these.
 */
export interface SnsEnvelope {
  type: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation'
  messageId: string
  topicArn: string
  subject: string | null
  message: string
  timestamp: string
  /** Of the two confirmations. */
  token: string | null
  subscribeUrl: string | null
  signatureVersion: string
  signature: string
  signingCertUrl: string
}

/** A request of SNS: its envelopes, or, with raw message delivery or without SNS, a message on its own. */
export type SnsBody = { envelopes: SnsEnvelope[] } | { message: string }

/** A Lambda function that passes its event on sends one; more than a few are no work of SNS. */
const RECORDS = 10

/** Reads what SNS sent by what it is, whatever its Content-Type says. Throws `Unreadable`. */
export function readSnsBody({ body }: ToolRequest): SnsBody {
  const payload = jsonIfAny(body)
  if (!payload) return { message: body }
  const records = payload.list('Records').map((record) => record.at('Sns'))
  if (records.length > 0 && records.every(isEnvelope)) {
    if (records.length > RECORDS) throw new Unreadable(`Records holds more than ${RECORDS} messages.`, 'Records')
    return { envelopes: records.map(readEnvelope) }
  }
  return isEnvelope(payload) ? { envelopes: [readEnvelope(payload)] } : { message: body }
}

const TYPES = ['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation'] as const

function isEnvelope(payload: Payload): boolean {
  return TYPES.some((type) => type === payload.text('Type')) && payload.text('TopicArn') !== null
}

function readEnvelope(payload: Payload): SnsEnvelope {
  const type = TYPES.find((name) => name === payload.text('Type')) ?? 'Notification'
  if (raw(payload, 'Message') === null) throw new Unreadable('Message is missing or is not text', 'Message')
  return {
    type,
    messageId: raw(payload, 'MessageId') ?? '',
    topicArn: raw(payload, 'TopicArn') ?? '',
    subject: raw(payload, 'Subject'),
    message: raw(payload, 'Message') ?? '',
    timestamp: raw(payload, 'Timestamp') ?? '',
    token: raw(payload, 'Token'),
    // Lambda writes `Url` where SNS itself writes `URL`.
    subscribeUrl: raw(payload, 'SubscribeURL') ?? raw(payload, 'SubscribeUrl'),
    signatureVersion: raw(payload, 'SignatureVersion') ?? '',
    signature: raw(payload, 'Signature') ?? '',
    signingCertUrl: raw(payload, 'SigningCertURL') ?? raw(payload, 'SigningCertUrl') ?? '',
  }
}

function raw(payload: Payload, name: string): string | null {
  const { value } = payload.at(name)
  return typeof value === 'string' ? value : null
}

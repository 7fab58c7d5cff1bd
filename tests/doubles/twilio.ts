import type { CarrierAnswer, CarrierRequest } from './double.ts'

const PATH = /^\/2010-04-01\/Accounts\/(AC[^/]+)\/(Messages|Calls)\.json$/

/**
 * Twilio's Message and Call resources: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 * and https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource
 */
export function twilioAnswer({ method, path, headers, body }: CarrierRequest): CarrierAnswer | null {
  const [, account, resource] = PATH.exec(path) ?? []
  if (account === undefined || method !== 'POST') return null
  if (headers.authorization !== `Basic ${btoa(`${account}:twilio auth token of the tests`)}`)
    return refuse(401, 20003, 'Authenticate')
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return refuse(400, 21604, 'no To')
  const fields = Object.fromEntries(new URLSearchParams(body))
  const { To = '', StatusCallback } = fields
  const refused = resource === 'Messages' ? messageRefused(fields) : callRefused(fields)
  if (refused) return refused
  if (!/^\+[1-9]\d{6,14}$/.test(To) || To.endsWith('0001')) return refuse(400, 21211, `Invalid 'To' Phone Number`)
  if (To.endsWith('0002')) return refuse(429, 20429, 'Too Many Requests')
  if (To.endsWith('0003') && resource === 'Messages') return refuse(400, 21610, 'unsubscribed recipient')
  // A number that Twilio knows to be none, and Telnyx takes.
  if (To.endsWith('0004')) return refuse(400, 21211, `Invalid 'To' Phone Number`)
  if (StatusCallback !== undefined && !StatusCallback.startsWith('https://')) return refuse(400, 21609, 'not valid')
  return {
    status: 201,
    body: { sid: resource === 'Messages' ? 'SM0' : 'CA0', status: 'queued' },
    took: { account, message: fields },
  }
}

function messageRefused({ Body = '', From, MessagingServiceSid }: Record<string, string>): CarrierAnswer | null {
  if (!Body) return refuse(400, 21602, 'Message body is required')
  if (Body.length > 1600) return refuse(400, 21617, 'The concatenated message body exceeds the 1600 character limit')
  return From || MessagingServiceSid ? null : refuse(400, 21603, 'A From number is required')
}

function callRefused({ From, Url, Twiml }: Record<string, string>): CarrierAnswer | null {
  if (!From?.startsWith('+')) return refuse(400, 21213, `'From' phone number is required`)
  if (!Url && !Twiml) return refuse(400, 21205, 'Url parameter is required')
  return Url && !Url.startsWith('https://') ? refuse(400, 21205, 'Invalid Url') : null
}

function refuse(status: number, code: number, message: string): CarrierAnswer {
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
  return { status, body, took: null }
}

import type { CarrierAnswer, CarrierRequest } from './double.ts'

const PATH = /^\/2010-04-01\/Accounts\/(AC[^/]+)\/Messages\.json$/

/** Twilio's Message resource: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource */
export function twilioAnswer({ method, path, headers, body }: CarrierRequest): CarrierAnswer | null {
  const account = PATH.exec(path)?.[1]
  if (account === undefined || method !== 'POST') return null
  const refuse = (status: number, code: number, message: string) => ({
    ...{ status, took: null },
    body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
  })
  if (headers.authorization !== `Basic ${btoa(`${account}:twilio auth token of the tests`)}`)
    return refuse(401, 20003, 'Authenticate')
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return refuse(400, 21604, 'no To')
  const fields = Object.fromEntries(new URLSearchParams(body))
  const { To = '', Body = '', From, MessagingServiceSid, StatusCallback } = fields
  if (!Body) return refuse(400, 21602, 'Message body is required')
  if (Body.length > 1600) return refuse(400, 21617, 'The concatenated message body exceeds the 1600 character limit')
  if (!From && !MessagingServiceSid) return refuse(400, 21603, 'A From number is required')
  if (!/^\+[1-9]\d{6,14}$/.test(To) || To.endsWith('0001')) return refuse(400, 21211, `Invalid 'To' Phone Number`)
  if (To.endsWith('0002')) return refuse(429, 20429, 'Too Many Requests')
  if (To.endsWith('0003')) return refuse(400, 21610, 'Attempt to send to unsubscribed recipient')
  if (StatusCallback !== undefined && !StatusCallback.startsWith('https://')) return refuse(400, 21609, 'not valid')
  return { status: 201, body: { sid: 'SM0', status: 'queued' }, took: { account, message: fields } }
}

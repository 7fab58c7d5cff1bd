import { publicUrl } from '../../public-url.ts'
import { type DoorContext, type Refused, readBody } from '../doors/door.ts'
import { isTwilioSignature } from './twilio-signature.ts'

/** The form of a webhook that Twilio signed. The signature covers the whole address, so its query can be trusted too. */
export async function readTwilioRequest(c: DoorContext): Promise<{ fields: URLSearchParams } | { refused: Refused }> {
  const read = await readBody(c.req.raw)
  if ('refused' in read) return read
  const fields = new URLSearchParams(read.text)
  if (!c.env.TWILIO_AUTH_TOKEN) return { refused: NOT_SET_UP }
  const { pathname, search } = new URL(c.req.url)
  const url = publicUrl(c.env, c.req.raw) + pathname + search
  const signed = await isTwilioSignature(c.req.header('X-Twilio-Signature'), c.env.TWILIO_AUTH_TOKEN, url, fields)
  return signed ? { fields } : { refused: WRONG_SIGNATURE }
}

const NOT_SET_UP = {
  status: 403 as const,
  code: 'SMS_NOT_SET_UP',
  message:
    'This deployment takes nothing from Twilio: set TWILIO_AUTH_TOKEN with `wrangler secret put TWILIO_AUTH_TOKEN`.',
}

const WRONG_SIGNATURE = {
  status: 403 as const,
  code: 'SIGNATURE_ERROR',
  message:
    'The signature is missing or was not made by Twilio for this address. TWILIO_AUTH_TOKEN must be that of the number’s account, and PUBLIC_URL must be how the webhook names this deployment.',
}

import { type DoorContext, type Refused, readBody } from '../../alert-sources/doors/door.ts'
import { isOurCallback } from './telnyx-callback.ts'
import { isTelnyxSignature } from './telnyx-signature.ts'

/** A webhook that Telnyx signed: its body. */
export async function readTelnyxWebhook(c: DoorContext): Promise<{ text: string } | { refused: Refused }> {
  if (!c.env.TELNYX_PUBLIC_KEY) return { refused: NOT_SET_UP }
  const read = await readBody(c.req.raw)
  if ('refused' in read) return read
  return (await isSigned(c, read.text)) ? read : { refused: WRONG_SIGNATURE }
}

/**
 * What comes to an address of a call that we gave out. Telnyx documents its signature for all that a call tells, and not for the
 * request that asks what to say: there the address vouches alone, which nobody else has seen. A signature that is there
 * must be right.
 */
export async function readTelnyxCallback(c: DoorContext): Promise<{ text: string } | { refused: Refused }> {
  if (!(await isOurCallback(c.env, new URL(c.req.url), Date.now()))) return { refused: WRONG_ADDRESS }
  const read = await readBody(c.req.raw)
  if ('refused' in read) return read
  if (c.req.header(SIGNATURE) === undefined || !c.env.TELNYX_PUBLIC_KEY) return read
  return (await isSigned(c, read.text)) ? read : { refused: WRONG_SIGNATURE }
}

const SIGNATURE = 'telnyx-signature-ed25519'

function isSigned(c: DoorContext, body: string): Promise<boolean> {
  return isTelnyxSignature(
    { signature: c.req.header(SIGNATURE) ?? '', timestamp: c.req.header('telnyx-timestamp') ?? '' },
    body,
    c.env.TELNYX_PUBLIC_KEY ?? '',
    Date.now(),
  )
}

const NOT_SET_UP = {
  status: 403 as const,
  code: 'TELNYX_NOT_SET_UP',
  message: 'This deployment takes nothing from Telnyx: set TELNYX_PUBLIC_KEY to the public key of the account.',
}

const WRONG_SIGNATURE = {
  status: 403 as const,
  code: 'SIGNATURE_ERROR',
  message:
    'The signature is missing, older than five minutes, or was not made by Telnyx for this body. TELNYX_PUBLIC_KEY must be that of the account.',
}

const WRONG_ADDRESS = {
  status: 403 as const,
  code: 'SIGNATURE_ERROR',
  message: 'This address was not given out by this deployment, or it has expired.',
}

import { findSmsSource } from '../../directory/sms-sources.ts'
import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import { type KeptResult, type Received, receive } from '../receive.ts'
import type { InboundSms } from './sms.ts'

/** A text message that was accepted although D1 could not say whose it is. Its text still has the keyword. */
export interface QueuedSms {
  sms: InboundSms
  receivedAt: number
}

/** Throws while D1 still fails or the source takes no more this minute: the message comes again. */
export async function receiveQueuedSms({ sms, receivedAt }: QueuedSms, env: Env): Promise<void> {
  const { source } = await findSmsSource(env, sms)
  if (!source) return log.warn('queued text message dropped: no alert source has its number', {})
  const received = await receiveSms(env, source.sourceId, { ...sms, text: source.text }, receivedAt)
  if (received.taken) return
  if (received.refusal === 'rate') throw new Error('The alert source takes no more text messages now')
  log.warn('queued text message refused', { sourceId: source.sourceId, refusal: received.refusal })
}

export function receiveSms(
  env: Env,
  sourceId: number,
  sms: InboundSms,
  receivedAt: number,
): Promise<Received<KeptResult>> {
  return receive(
    env,
    { sourceId, generation: null },
    { way: 'sms', sms },
    { deliveryId: `sms-${sms.messageId}`, receivedAt },
  )
}

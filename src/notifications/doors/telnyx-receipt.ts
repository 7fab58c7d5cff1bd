import * as z from 'zod'
import { telnyxErrorWords, telnyxFault } from '../providers/telnyx-errors.ts'
import type { Receipt } from '../sending.ts'

/** What Telnyx tells of a message, in or out: https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks */
const webhook = z.object({
  data: z.object({
    event_type: z.string().max(100),
    payload: z.object({
      id: z.string().min(1).max(100),
      from: z.object({ phone_number: z.string().min(1).max(100) }).optional(),
      to: z
        .array(z.object({ phone_number: z.string().min(1).max(100), status: z.string().max(100).optional() }))
        .max(100)
        .optional(),
      text: z.string().nullish(),
      errors: z
        .array(z.object({ code: z.union([z.string().max(20), z.number()]) }))
        .max(100)
        .nullish(),
    }),
  }),
})

export type TelnyxMessage = z.infer<typeof webhook>['data']

/** Null: it is no webhook of a message. */
export function telnyxMessage(body: string): TelnyxMessage | null {
  try {
    return webhook.safeParse(JSON.parse(body)).data?.data ?? null
  } catch {
    return null
  }
}

/** What became of a text that we sent; null: nothing final. */
export function messageReceipt({ event_type, payload }: TelnyxMessage): Receipt | null {
  if (event_type !== 'message.finalized') return null
  const status = payload.to?.[0]?.status ?? ''
  if (status === 'delivered') return DELIVERED
  // The person's carrier does not say what became of it: no reason to wake anybody else.
  if (!UNDELIVERED.has(status)) return null
  const code = Number(payload.errors?.[0]?.code ?? 0) || 0
  return { ...undelivered(telnyxErrorWords(code)), ...telnyxFault(code) }
}

const DELIVERED: Receipt = { outcome: 'delivered', provider: 'telnyx', reason: null }

const UNDELIVERED = new Set(['sending_failed', 'delivery_failed', 'expired', 'gw_timeout'])

function undelivered(reason: string): Receipt {
  return { outcome: 'undelivered', provider: 'telnyx', reason }
}

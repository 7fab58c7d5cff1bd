import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { id, instant, reference } from './common.ts'
import { contactMethod } from './user.ts'

export const deliveryOutcome = z.enum(['SENT', 'FAILED', 'REFUSED', 'DELIVERED', 'UNDELIVERED']).meta({
  id: 'DeliveryOutcome',
  description:
    'SENT: the provider took it. FAILED: it did not, for now. REFUSED: for good. DELIVERED and UNDELIVERED: what it said later',
})
export type DeliveryOutcome = z.infer<typeof deliveryOutcome>

/** One try of one provider, or what it said later of a message that it took. */
export const delivery = z
  .object({
    id,
    timestamp: instant,
    user: reference,
    incident: z
      .object({ id, reference: z.string(), summary: z.string() })
      .nullable()
      .meta({ description: 'Null: it was about no incident' }),
    method: contactMethod,
    target: z.string().meta({ description: 'Masked: enough to recognise it; of a push the kind of device' }),
    provider: z
      .string()
      .meta({ description: 'Who was to carry it; "cap" and "countries": not sent, because of these' }),
    outcome: deliveryOutcome,
    reason: z.string().nullable(),
    durationMs: z.int().nullable().meta({ description: 'How long the provider took; null for what it said later' }),
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.infer<typeof delivery>

export const deliveryLog = z
  .object({
    entries: z.array(delivery),
    next: id.nullable().meta({
      description:
        'Give it as `before` to look further back; null: there is nothing older. One request looks through a bounded part of the log, so a page may be short or empty and still have a next',
    }),
  })
  .meta({ id: 'DeliveryLog' })
export type DeliveryLog = z.infer<typeof deliveryLog>

export const deliveryQuery = z.object({
  user: z.coerce.number().int().positive().optional(),
  method: contactMethod.optional(),
  provider: z.string().max(60).optional(),
  outcome: deliveryOutcome.optional(),
  incident: z.string().max(40).optional().meta({ description: 'A reference such as PROM-42, or an id' }),
  from: instant.optional(),
  until: instant.optional(),
  text: z.string().trim().min(1).max(100).optional().meta({ description: 'In the reason or the masked address' }),
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  'max-results': z.coerce.number().int().min(1).max(LIMITS.pageSize).default(50),
})

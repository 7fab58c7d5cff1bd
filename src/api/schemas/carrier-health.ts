import * as z from 'zod'
import { instant } from './common.ts'
import { contactMethod } from './user.ts'

/** How a carrier does on one method, as the delivery log says. */
export const carrierHealth = z
  .object({
    carrier: z.string(),
    method: contactMethod,
    state: z.enum(['OK', 'FAILING', 'UNUSED']).meta({
      description: 'FAILING: the last one was not taken. UNUSED: nothing was given to it lately',
    }),
    failingSince: instant.nullable(),
    lastSuccessAt: instant.nullable(),
    lastFailure: z.object({ timestamp: instant, reason: z.string().nullable() }).nullable(),
    last24Hours: z.object({
      sent: z.int(),
      failed: z.int(),
      undelivered: z.int().meta({ description: 'It took them, and said later that they did not arrive' }),
    }),
  })
  .meta({ id: 'CarrierHealth' })
export type CarrierHealth = z.infer<typeof carrierHealth>

import * as z from 'zod'
import { contactMethod, emailAddress, phoneNumber } from './user.ts'

/** A provider that could carry messages, and what it needs for that. */
export const carrier = z
  .object({
    name: z.string(),
    methods: z.array(contactMethod),
    configured: z.boolean(),
    testable: z.array(contactMethod).meta({ description: 'Methods on which a test can be sent to any address' }),
    variables: z.array(
      z.object({
        name: z.string(),
        what: z.string(),
        secret: z.boolean(),
        optional: z.boolean(),
        set: z.boolean().meta({ description: 'Whether it has a value; the value itself is never told' }),
      }),
    ),
  })
  .meta({ id: 'Carrier' })
export type Carrier = z.infer<typeof carrier>

export const carrierParam = z.object({ carrier: z.string().max(60) })

export const carrierTest = z
  .discriminatedUnion('method', [
    z.object({ method: z.literal('EMAIL'), target: emailAddress }),
    z.object({ method: z.literal('SMS'), target: phoneNumber }),
  ])
  .meta({ id: 'CarrierTest' })

export const carrierTestResult = z
  .object({ sent: z.boolean(), message: z.string().meta({ description: 'What the carrier said' }) })
  .meta({ id: 'CarrierTestResult' })
export type CarrierTestResult = z.infer<typeof carrierTestResult>

import * as z from 'zod'
import { id, instant, reference } from './common.ts'
import { contactMethod } from './user.ts'

/** To whom, how and when the deployment sends itself a message each day. */
export const selfTestInput = z
  .object({
    user: z.object({ id }),
    method: contactMethod,
    contact: z
      .object({ id })
      .nullish()
      .meta({ description: 'One of the user’s contacts that fits the method; none for PUSH' }),
    hour: z.int().min(0).max(23).meta({ description: 'Of the day in UTC' }),
  })
  .meta({ id: 'SelfTestInput' })
export type SelfTestInput = z.infer<typeof selfTestInput>

export const selfTestResult = z
  .object({
    startedAt: instant,
    outcome: z.enum(['PENDING', 'SENT', 'DELIVERED', 'FAILED']),
    reason: z.string().nullable(),
  })
  .meta({ id: 'SelfTestResult' })

export const selfTest = z
  .object({
    settings: selfTestInput.extend({ user: reference }).nullable().meta({ description: 'Null: there is none' }),
    result: selfTestResult.nullable().meta({ description: 'Of the last one; null: none ran yet' }),
  })
  .meta({ id: 'SelfTest' })
export type SelfTest = z.infer<typeof selfTest>

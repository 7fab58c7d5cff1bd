import * as z from 'zod'
import { instant } from './common.ts'
import { contactMethod, contactParams } from './user.ts'

export const contactMethodChoice = z
  .object({
    method: contactMethod
      .optional()
      .meta({ description: 'Of a phone number: SMS, or VOICE to be called. Left out: SMS, and EMAIL for addresses' }),
  })
  .meta({ id: 'ContactMethodChoice' })

export const codeSent = z
  .object({ id: z.string(), method: contactMethod, expiresAt: instant })
  .meta({ id: 'ContactCodeSent' })
export type CodeSent = z.infer<typeof codeSent>

export const contactCode = z
  .object({
    code: z
      .string()
      .transform((text) => text.replace(/[\s,-]/g, ''))
      .pipe(z.string().regex(/^\d{6}$/, 'must be the six digits that were sent')),
  })
  .meta({ id: 'ContactCode' })

export const testSent = z.object({ id: z.string(), method: contactMethod }).meta({ id: 'ContactTestSent' })
export type TestSent = z.infer<typeof testSent>

export const contactMessage = z
  .object({
    status: z.enum(['QUEUED', 'SENT', 'DELIVERED', 'FAILED']),
    provider: z.string().nullable(),
    reason: z.string().nullable().meta({ description: 'Why it failed, or is not out yet' }),
  })
  .meta({ id: 'ContactMessage' })
export type ContactMessage = z.infer<typeof contactMessage>

export const contactMessageParams = contactParams.extend({ messageId: z.string().min(1).max(100) })

/** People whose contacts carriers say are broken. */
export const brokenContact = z
  .object({
    user: z.object({ id: z.int(), name: z.string() }),
    method: contactMethod,
    target: z.string().meta({ description: 'Masked' }),
    reason: z.string(),
    since: instant,
  })
  .meta({ id: 'BrokenContact' })
export type BrokenContact = z.infer<typeof brokenContact>

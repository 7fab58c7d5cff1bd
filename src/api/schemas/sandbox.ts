import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { id, instant, userReference } from './common.ts'
import { contactMethod } from './user.ts'

/** A message that the simulated carrier delivered, or an answer that it carried back. */
export const sandboxMessage = z
  .object({
    id: z.string(),
    notificationId: z
      .string()
      .nullable()
      .meta({ description: 'null for what a person sent, and for the answer they got' }),
    inReplyTo: z.string().nullable(),
    direction: z.enum(['TO_USER', 'FROM_USER']),
    method: contactMethod,
    target: z.string(),
    user: userReference,
    incidentId: id.nullable(),
    subject: z.string().nullable(),
    text: z.string().meta({ description: 'The SMS, the mail as text, what the call says, the push' }),
    actions: z
      .array(
        z.object({
          action: z.enum(['accept', 'resolve', 'escalate']),
          label: z.string(),
          digit: z.string().nullable(),
          url: z.string().nullable(),
        }),
      )
      .meta({ description: 'What can be done with it: digits of a call, links of a mail, buttons of a push' }),
    timestamp: instant,
  })
  .meta({ id: 'SandboxMessage' })
export type SandboxMessage = z.infer<typeof sandboxMessage>

export const sandboxReply = z
  .union([
    z.object({ text: z.string().max(1600) }),
    z.object({ digit: z.string().regex(/^[0-9*#]$/) }),
    z.object({ action: z.enum(['accept', 'resolve', 'escalate']) }),
  ])
  .meta({ id: 'SandboxReply' })
export const sandboxAnswer = z.object({ answer: z.string() }).meta({ id: 'SandboxAnswer' })

export const sandboxQuery = z.object({
  user: z.coerce.number().int().positive().optional(),
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the id of a message')
    .optional()
    .meta({ description: 'Only newer messages than this one' }),
  'max-results': z.coerce.number().int().min(1).max(LIMITS.pageSize).default(LIMITS.pageSize),
})

export const messageParam = z.object({ message: z.string().regex(/^\d{1,15}$/) })

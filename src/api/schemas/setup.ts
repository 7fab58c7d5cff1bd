import * as z from 'zod'
import { emailAddress, userInput } from './user.ts'

/** Characters. Longer than the upper bound, hashing would be a way to keep the server busy. */
export const PASSWORD = { min: 10, max: 128 } as const

export const password = z
  .string()
  .min(PASSWORD.min, `needs at least ${PASSWORD.min} characters`)
  .max(PASSWORD.max, `has at most ${PASSWORD.max} characters`)

export const setupState = z.object({ needed: z.boolean() }).meta({ id: 'SetupState' })

/** The first administrator, created once with the deployment's set-up secret. */
export const setupRequest = userInput
  .omit({ role: true })
  .extend({
    secret: z.string().min(1, 'must not be empty').max(1000),
    password,
    organisation: z.string().trim().max(100).optional(),
  })
  .meta({ id: 'SetupRequest' })

export const invited = z.object({ email: emailAddress, firstName: z.string() }).meta({ id: 'Invited' })

export const acceptInvitationRequest = z
  .object({ token: z.string().min(1).max(200), password })
  .meta({ id: 'AcceptInvitationRequest' })

export const tokenParam = z.object({ token: z.string().max(200) })

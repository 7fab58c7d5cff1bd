import * as z from 'zod'
import { userInput } from '../../../api/schemas/user.ts'

const password = z.string().min(10, 'needs at least 10 characters').max(128, 'at most 128 characters')

export const firstAdministrator = userInput
  .pick({ firstName: true, lastName: true, email: true })
  .extend({ secret: z.string().min(1, 'must be filled in'), organisation: z.string().trim().max(100), password })

export const newPassword = z.object({ password })

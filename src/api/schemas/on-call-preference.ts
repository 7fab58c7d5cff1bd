import * as z from 'zod'
import { id, idParam } from './common.ts'
import { contact } from './user.ts'

/** iLert's choices. */
export const BEFORE_MINUTES = [0, 15, 30, 60, 180, 360, 720, 1440] as const

/** One reminder before each of a user's shifts. */
export const onCallPreferenceInput = z
  .object({
    method: z.enum(['EMAIL', 'SMS', 'PUSH', 'TELEGRAM']),
    contact: z.object({ id }).nullish().meta({ description: 'An e-mail contact or a phone number; none for PUSH' }),
    beforeMin: z.union(BEFORE_MINUTES.map((minutes) => z.literal(minutes))).default(60),
  })
  .meta({ id: 'OnCallPreferenceInput' })
export type OnCallPreferenceInput = z.infer<typeof onCallPreferenceInput>

export const onCallPreference = z
  .object({ ...onCallPreferenceInput.shape, id, contact: contact.nullable(), beforeMin: z.int() })
  .meta({ id: 'OnCallPreference' })
export type OnCallPreference = z.infer<typeof onCallPreference>

export const onCallPreferenceParams = idParam.extend({ preferenceId: idParam.shape.id })

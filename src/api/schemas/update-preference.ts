import * as z from 'zod'
import { id, idParam } from './common.ts'
import { contact } from './user.ts'

/** iLert's names. */
export const UPDATE_TYPES = ['ALERT_ACCEPTED', 'ALERT_ESCALATED', 'ALERT_RESOLVED'] as const

/** A change by others of which a user wants to hear, when they were told of the incident. */
export const updatePreferenceInput = z
  .object({
    method: z.enum(['EMAIL', 'SMS', 'PUSH', 'TELEGRAM']),
    contact: z.object({ id }).nullish().meta({ description: 'An e-mail contact or a phone number; none for PUSH' }),
    type: z.enum(UPDATE_TYPES),
  })
  .meta({ id: 'UpdatePreferenceInput' })
export type UpdatePreferenceInput = z.infer<typeof updatePreferenceInput>

export const updatePreference = z
  .object({ ...updatePreferenceInput.shape, id, contact: contact.nullable() })
  .meta({ id: 'UpdatePreference' })
export type UpdatePreference = z.infer<typeof updatePreference>

export const updatePreferenceParams = idParam.extend({ preferenceId: idParam.shape.id })

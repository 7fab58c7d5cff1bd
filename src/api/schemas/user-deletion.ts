import * as z from 'zod'
import { id, idParam } from './common.ts'
import { scheduleReference } from './schedule.ts'

/** Where a user is needed from now on. With any policy or schedule, a deletion has to say who replaces them. */
export const userNeeds = z
  .object({
    escalationPolicies: z.array(z.object({ id, name: z.string() })),
    schedules: z
      .array(scheduleReference)
      .meta({ description: 'By a layer, or by a shift or an override that is not over' }),
    fallbackContact: z.boolean().meta({ description: 'Chosen to be paged when no level has anybody' }),
  })
  .meta({ id: 'UserNeeds' })
export type UserNeeds = z.infer<typeof userNeeds>

export const deletionQuery = z.object({
  'replace-by': idParam.shape.id
    .optional()
    .meta({ description: 'The user who takes their place in policies and schedules from now on' }),
})

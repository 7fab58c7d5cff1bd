import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { userReference } from './common.ts'

export const settings = z
  .object({
    organisation: z.string().trim().max(100).nullable(),
    fallbackContacts: z.array(userReference).max(LIMITS.targetsPerLevel).meta({
      description: 'Who is paged when no level of a policy has anybody. Empty: the administrators',
    }),
  })
  .meta({ id: 'Settings' })
export type Settings = z.infer<typeof settings>

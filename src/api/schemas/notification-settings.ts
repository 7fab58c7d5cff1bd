import * as z from 'zod'
import { instant } from './common.ts'

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:00')

/** When a user is not told of incidents. */
export const notificationSettings = z
  .object({
    mutedUntil: instant.nullable().meta({
      description: 'Nothing is sent before, and urgent incidents escalate past the user at once. At most 30 days ahead',
    }),
    quietHours: z
      .object({ from: timeOfDay, to: timeOfDay })
      .refine(({ from, to }) => from !== to, { message: 'must not end when it begins', path: ['to'] })
      .nullable()
      .meta({ description: 'Low priority waits for their end, in the user’s time zone; `to` may be on the next day' }),
  })
  .meta({ id: 'NotificationSettings' })
export type NotificationSettings = z.infer<typeof notificationSettings>

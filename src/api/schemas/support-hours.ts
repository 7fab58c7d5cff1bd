import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { WEEKDAYS } from '../../support-hours/model.ts'
import { id, instant, name } from './common.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:00')
const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, 'must be a local date and time such as 2026-12-24T00:00')

export const supportHoursInput = z
  .object({
    name,
    timezone: z
      .string()
      .min(1)
      .max(60)
      .meta({ examples: ['Europe/Berlin'] }),
    supportDays: z.partialRecord(z.enum(WEEKDAYS), z.object({ start: time, end: time })).meta({
      description: 'By weekday; an end at or before the start is on the next day. A day that is missing has none',
    }),
    exceptions: z
      .array(z.object({ name, start: localTime, end: localTime, supportStatus: z.enum(['DURING', 'OUTSIDE']) }))
      .max(LIMITS.supportHoursExceptions)
      .default([])
      .meta({ description: 'Holidays and the like, in the wall-clock time of the zone; the later in the list wins' }),
  })
  .meta({ id: 'SupportHoursInput' })
export type SupportHoursInput = z.infer<typeof supportHoursInput>

export const supportHours = z
  .object({
    ...supportHoursInput.shape,
    id,
    during: z.boolean().meta({ description: 'Now' }),
    changesAt: instant.nullable().meta({ description: 'When that changes next' }),
    alertSources: z.array(z.object({ id, name: z.string() })).meta({ description: 'Which use them' }),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'SupportHours' })
export type SupportHours = z.infer<typeof supportHours>

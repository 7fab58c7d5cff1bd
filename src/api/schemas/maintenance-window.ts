import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { WEEKDAYS } from '../../support-hours/model.ts'
import { id, instant, name, reference } from './common.ts'

const recurrence = z.object({
  frequency: z.enum(['DAILY', 'WEEKLY', 'MONTHLY']),
  interval: z.int().min(1).max(52).default(1),
  weekdays: z
    .array(z.enum(WEEKDAYS))
    .max(7)
    .default([])
    .meta({ description: 'WEEKLY: on these; empty: on that of the first time' }),
  until: instant.nullish().meta({ description: 'None begins then or later' }),
})

export const maintenanceWindowInput = z
  .object({
    name,
    description: z.string().trim().max(2000).nullish(),
    timezone: z.string().min(1).max(60),
    start: instant,
    end: instant,
    recurrence: recurrence.nullish(),
    alertSources: z
      .array(reference)
      .min(1, 'must name at least one alert source')
      .max(LIMITS.sourcesPerMaintenanceWindow),
  })
  .meta({ id: 'MaintenanceWindowInput' })
export type MaintenanceWindowInput = z.infer<typeof maintenanceWindowInput>

export const maintenanceWindow = z
  .object({
    ...maintenanceWindowInput.shape,
    id,
    alertSources: z.array(z.object({ id, name: z.string() })),
    active: z.boolean().meta({ description: 'Now' }),
    nextStart: instant.nullable().meta({ description: 'Of the time that runs or comes next; null: it is over' }),
    nextEnd: instant.nullable(),
    createdBy: z.object({ id, name: z.string() }).nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'MaintenanceWindow' })
export type MaintenanceWindow = z.infer<typeof maintenanceWindow>

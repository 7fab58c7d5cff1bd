import * as z from 'zod'

/** iLert's old names and new ones together, because its clients want the one or the other. */
export const eventAnswer = z
  .object({
    incidentKey: z.string().nullable(),
    incidentUrl: z.string().nullable(),
    alertKey: z.string().nullable(),
    alertUrl: z.string().nullable(),
    responseCode: z.string().meta({ description: 'What became of it, such as INCIDENT_CREATED or EVENT_APPENDED' }),
    reason: z.string().optional().meta({ description: 'Why it opened nothing' }),
  })
  .meta({ id: 'EventAnswer' })

import * as z from 'zod'
import { instant } from './common.ts'
import { rawRequest } from './event-processing.ts'

/** One event in the log of its alert source: what came, and what became of it. */
export const loggedEvent = z
  .object({
    id: z.int(),
    timestamp: instant,
    outcome: z
      .enum([
        'OPENED',
        'APPENDED',
        'ACCEPTED',
        'RESOLVED',
        'COLLECTED',
        'DUPLICATE',
        'DROPPED',
        'SUPPRESSED',
        'NO_OPEN_INCIDENT',
        'IGNORED',
        'CHANGE',
      ])
      .meta({
        description:
          'COLLECTED: joined the incident of a storm. DUPLICATE: had been delivered before. IGNORED: the request held no event',
      }),
    reason: z.string().nullable().meta({ description: 'Why it was dropped, suppressed or ignored' }),
    incident: z.object({ id: z.int(), reference: z.string() }).nullable(),
    eventType: z.enum(['ALERT', 'ACCEPT', 'RESOLVE', 'COMMENT']).nullable(),
    incidentKey: z.string().nullable(),
    summary: z.string(),
    notes: z.array(z.string()).meta({ description: 'Templates and rules that failed, and why' }),
    request: rawRequest.nullable().meta({ description: 'As it came, cut where it is long, secrets masked' }),
  })
  .meta({ id: 'LoggedEvent' })
export type LoggedEvent = z.infer<typeof loggedEvent>

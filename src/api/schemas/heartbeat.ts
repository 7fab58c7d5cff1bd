import * as z from 'zod'
import { instant } from './common.ts'

/** What a heartbeat source knows now, and its last pings. */
export const heartbeat = z
  .object({
    state: z.enum(['UNKNOWN', 'HEALTHY', 'OVERDUE', 'FAILED']).meta({ description: 'UNKNOWN until the first ping' }),
    lastPingAt: instant.nullable(),
    /** With the grace. */
    dueAt: instant.nullable().meta({ description: 'Without a ping until then it is overdue' }),
    runningSince: instant.nullable().meta({ description: 'Started and not finished' }),
    pings: z
      .array(
        z.object({
          kind: z.enum(['start', 'success', 'fail', 'log']),
          timestamp: instant,
          durationMs: z.int().nullable().meta({ description: 'Since its start' }),
          exitCode: z.int().nullable(),
          body: z.string().nullable(),
          method: z.string(),
          userAgent: z.string().nullable(),
        }),
      )
      .meta({ description: 'Newest first' }),
  })
  .meta({ id: 'Heartbeat' })
export type Heartbeat = z.infer<typeof heartbeat>

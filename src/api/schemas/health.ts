import * as z from 'zod'
import { instant } from './common.ts'

export const health = z
  .object({
    status: z.enum(['OK', 'DEGRADED']),
    checks: z.array(
      z.object({
        name: z.string(),
        ok: z.boolean(),
        message: z.string().meta({ description: 'What is wrong and what to do about it' }),
        count: z.int().optional(),
        since: instant.nullable().optional(),
      }),
    ),
  })
  .meta({ id: 'Health' })
export type Health = z.infer<typeof health>

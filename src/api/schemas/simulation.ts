import * as z from 'zod'
import { id, instant, priority, reference, userReference } from './common.ts'
import { contactMethod } from './user.ts'

/** Left out: now. */
export const atQuery = z.object({ at: instant.optional() })

/** Who would be paged by a policy's levels at an instant. */
export const policyOnCall = z
  .object({
    at: instant,
    levels: z.array(
      z.object({
        level: z.int().min(1),
        users: z.array(
          z.object({
            user: userReference,
            schedule: reference.nullable().meta({ description: 'Null: named by the policy itself' }),
            until: instant.nullable().meta({ description: 'When the next hand-off is; null: always on call' }),
          }),
        ),
        emptySchedules: z.array(reference).meta({ description: 'Nobody is on call there' }),
      }),
    ),
    fallback: z
      .array(userReference)
      .meta({ description: 'Paged because no level has anybody; empty when some level has' }),
  })
  .meta({ id: 'PolicyOnCall' })
export type PolicyOnCall = z.infer<typeof policyOnCall>

export const simulationQuery = atQuery.extend({ priority: priority.optional() })

/** What an incident that nobody answers would set off: who, when, on which channel. */
export const simulation = z
  .object({
    at: instant,
    alertSource: z.object({ id, name: z.string() }),
    escalationPolicy: z.object({ id, name: z.string() }),
    priority,
    steps: z.array(
      z.discriminatedUnion('type', [
        z.object({
          type: z.literal('notification'),
          at: instant,
          user: userReference,
          method: contactMethod,
          target: z.string().meta({ description: 'Masked' }),
        }),
        z.object({ type: z.literal('timeline'), at: instant, text: z.string() }),
      ]),
    ),
    cut: z.boolean().meta({ description: 'There are more steps than are shown' }),
  })
  .meta({ id: 'Simulation' })
export type Simulation = z.infer<typeof simulation>

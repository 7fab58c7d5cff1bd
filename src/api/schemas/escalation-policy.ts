import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { id, idParam, name, reference, userReference } from './common.ts'

/**
 * One level. `teams` join `users` and `schedules` here when that resource exists.
 *
 * Minutes are whole for people; fractions are let through only where the deployment is a demo, so that its timeouts are
 * short enough to watch.
 */
export const escalationRule = z
  .object({
    escalationTimeout: z
      .number()
      .min(0)
      .max(LIMITS.escalationTimeoutMinutes)
      .meta({ description: 'Minutes to wait for an answer before the next level' }),
    users: z.array(userReference).max(LIMITS.targetsPerLevel).default([]),
    schedules: z
      .array(reference)
      .max(LIMITS.targetsPerLevel)
      .default([])
      .meta({ description: 'Whoever is on call there when the level is paged' }),
  })
  .meta({ id: 'EscalationRule' })

export const escalationPolicyInput = z
  .object({
    name,
    escalationRules: z.array(escalationRule).min(1, 'needs at least one level').max(LIMITS.levelsPerPolicy),
    repeating: z.boolean().default(false),
    frequency: z
      .int()
      .min(1)
      .max(LIMITS.policyPasses)
      .default(1)
      .meta({ description: 'How many times the levels are gone through, when repeating' }),
    delayMin: z
      .number()
      .min(0)
      .max(LIMITS.initialDelayMinutes)
      .default(0)
      .meta({ description: 'Minutes before the first level is paged' }),
  })
  .meta({ id: 'EscalationPolicyInput' })
export type EscalationPolicyInput = z.infer<typeof escalationPolicyInput>

export const escalationPolicy = escalationPolicyInput
  .extend({
    id,
    alertSources: z.array(z.object({ id, name: z.string() })).meta({ description: 'The sources that use it' }),
  })
  .meta({ id: 'EscalationPolicy' })
export type EscalationPolicy = z.infer<typeof escalationPolicy>

export const levelParams = idParam.extend({
  level: z.coerce.number().int().min(1).max(LIMITS.levelsPerPolicy).meta({ description: '1 for the first level' }),
})

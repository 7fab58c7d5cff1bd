import type { EscalationPolicy } from '../../../api/schemas/escalation-policy.ts'
import { namesOf } from '../../data/users.ts'

type Level = EscalationPolicy['escalationRules'][number]

/** "Ann Smith and on call for Primary", or "nobody". */
export function targetsText({ users, schedules }: Level, most: number): string {
  const onCallFor = schedules.map(({ name = '' }) => ({ firstName: `on call for ${name}` }))
  return namesOf([...users, ...onCallFor], most) || 'nobody'
}

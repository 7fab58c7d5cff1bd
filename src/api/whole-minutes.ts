import { Refusal } from '../directory/refusal.ts'
import type { Env } from '../env.ts'

/** People think in minutes. Only a demo may have fractions, so that its timeouts are short enough to watch. */
export function checkMinutes({ DEMO }: Env, minutes: number, field: string): void {
  if (!Number.isInteger(minutes) && DEMO !== '1') {
    throw new Refusal('BAD_REQUEST', `${field} must be a whole number of minutes`, field)
  }
}

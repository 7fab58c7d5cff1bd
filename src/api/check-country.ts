import { Refusal } from '../directory/refusal.ts'
import type { Env } from '../env.ts'
import { checkCountry } from '../notifications/phone-countries.ts'

/** Refuses a phone number of a country that nothing is sent to. */
export async function refuseOtherCountries(env: Env, target: string): Promise<void> {
  const reason = target.startsWith('+') ? await checkCountry(env, target) : null
  if (reason) throw new Refusal('BAD_REQUEST', reason, 'target')
}

import type { Env } from '../env.ts'

/** The countries that messages may go to, as ISO codes; null: all. */
export function phoneCountries({ PHONE_COUNTRIES = '' }: Pick<Env, 'PHONE_COUNTRIES'>): string[] | null {
  const named = PHONE_COUNTRIES.toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean)
  return named.length > 0 ? named : null
}

/**
 * Why nothing may be sent to a number; null: it may. A number that belongs to no single country, as +1 800 does, may where
 * one of the countries that share it is allowed.
 */
export async function checkCountry(env: Pick<Env, 'PHONE_COUNTRIES'>, number: string): Promise<string | null> {
  const allowed = phoneCountries(env)
  if (!allowed) return null
  // Loaded only where there is a list: it is large, and the path of an event does without.
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min')
  const parsed = parsePhoneNumberFromString(number)
  const countries: string[] = parsed ? (parsed.country ? [parsed.country] : parsed.getPossibleCountries()) : []
  if (countries.some((country) => allowed.includes(country))) return null
  const where =
    countries.length > 0 ? `it is a number of ${countries.slice(0, 3).join(', ')}` : 'its country is not known'
  return `this deployment sends to numbers of ${allowed.join(', ')} only, and ${where} (PHONE_COUNTRIES)`
}

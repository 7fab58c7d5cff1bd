import { or, type SQL, sql } from 'drizzle-orm'
import { users } from './schema.ts'

/** The ids that the settings name, whether or not those users still exist. */
export const chosenFallbackIds = sql`select each.value from settings s, json_each(s.value) each where s.key = 'fallbackContacts'`

/** True for users who are paged when no level has anybody: the chosen ones who still exist, else the administrators. */
export function isFallbackContact(): SQL | undefined {
  return or(
    sql`${users.id} in (${chosenFallbackIds})`,
    sql`(${users.role} = 'ADMIN' and not exists (select 1 from users chosen where chosen.id in (${chosenFallbackIds})))`,
  )
}

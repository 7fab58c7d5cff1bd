import { sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { anyOf, database } from '../database.ts'
import { formerUsers, users } from '../schema.ts'

export interface Name {
  id: number
  firstName: string
  lastName: string
}

/** What somebody is called, also when they are gone. */
export type NameOf = (userId: number) => Name

export async function loadNames(env: Env, userIds: Iterable<number>): Promise<NameOf> {
  const db = database(env)
  const ids = anyOf([...new Set(userIds)])
  const [present, former] = await db.batch([
    db
      .select({ id: users.id, firstName: users.firstName, lastName: users.lastName })
      .from(users)
      .where(sql`${users.id} in ${ids}`),
    db.select().from(formerUsers).where(sql`${formerUsers.id} in ${ids}`),
  ])
  const names = new Map([...former.map(formerName), ...present].map((name) => [name.id, name]))
  return (id) => names.get(id) ?? { id, firstName: 'former user', lastName: String(id) }
}

/** Which part was whose is forgotten; put together, they are the name again. */
function formerName({ id, name }: { id: number; name: string }): Name {
  const [firstName = '', ...rest] = name.split(' ')
  return { id, firstName, lastName: rest.join(' ') }
}

export function fullNameOf({ firstName, lastName }: Name): string {
  return `${firstName} ${lastName}`.trim()
}

import { sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { change } from '../change.ts'
import { database, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { accounts, contacts, users } from '../schema.ts'
import { saveSetting } from '../settings.ts'
import { credential } from './invitations.ts'
import { findUser, fullName, type StoredUser, type UserFields } from './users.ts'

export async function needsSetup(env: Env): Promise<boolean> {
  return (await database(env).$count(users)) === 0
}

/** Creates the first user, once: of two at the same time, the second is refused by the id. */
export async function createFirstAdministrator(
  env: Env,
  fields: Omit<UserFields, 'role'>,
  passwordHash: string,
  organisation: string | null,
): Promise<StoredUser> {
  if (!(await needsSetup(env))) throw alreadySetUp()
  const db = database(env)
  const id = 1
  try {
    await change(
      env,
      [
        db.insert(users).values({ id, ...fields, name: fullName(fields), role: 'ADMIN' }),
        db.insert(contacts).values({ userId: id, kind: 'EMAIL', target: fields.email }),
        db.insert(accounts).values(credential(id, id, passwordHash)),
        saveSetting(env, 'organisation', organisation ?? ''),
      ],
      [{ object: 'pager', ids: sql`select ${id} as id` }],
    )
  } catch (error) {
    throw violates(error, 'UNIQUE', 'users.') ? alreadySetUp() : error
  }
  return findUser(env, id)
}

function alreadySetUp(): Refusal {
  return new Refusal(
    'CONFLICT',
    'This deployment is set up already: sign in, or ask an administrator for an invitation',
  )
}

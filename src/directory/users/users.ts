import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { type Affected, change } from '../change.ts'
import { anyOf, database, violates } from '../database.ts'
import { policyUse } from '../policy-use.ts'
import { Refusal } from '../refusal.ts'
import { policiesNaming } from '../schedules/schedule-dependents.ts'
import { schedulesOfUser } from '../schedules/schedule-users.ts'
import { accounts, contacts, invitations, users } from '../schema.ts'
import { namesUser } from './user-needs.ts'

export interface UserFields {
  firstName: string
  lastName: string
  email: string
  role: 'ADMIN' | 'USER'
  timezone: string
  language: 'en' | 'de'
}

export type StoredUser = typeof users.$inferSelect & { status: 'INVITED' | 'ACTIVE' }

/** Sources whose plans may name anybody: those of policies and those of fallback contacts. */
export const everySource: Affected = { object: 'alert-source', ids: sql`select id from alert_sources` }

export async function listUsers(env: Env, page: { startIndex: number; maxResults: number }): Promise<StoredUser[]> {
  return selectUsers(env).orderBy(asc(users.id)).limit(page.maxResults).offset(page.startIndex)
}

export async function findUser(env: Env, id: number): Promise<StoredUser> {
  const [user] = await selectUsers(env).where(eq(users.id, id))
  if (!user) throw new Refusal('NOT_FOUND', `There is no user ${id}`)
  return user
}

/** Everybody, as a calendar may name them. */
export async function listPeople(env: Env) {
  const { id, firstName, lastName, email } = users
  return database(env).select({ id, firstName, lastName, email }).from(users).orderBy(asc(users.id))
}

/** The users among these who exist, as people that an incident can name. */
export async function findPeople(env: Env, ids: number[]) {
  const people = database(env).select({ userId: users.id, name: users.name }).from(users)
  return people.where(sql`${users.id} in ${anyOf(ids)}`)
}

/** Creates the person, their own address as their first contact, and their invitation. */
export async function createUser(
  env: Env,
  fields: UserFields,
  invitation: { tokenHash: string; expiresAt: Date; invitedBy: number },
): Promise<StoredUser> {
  const db = database(env)
  const userId = sql<number>`(select id from users where email = ${fields.email})`
  try {
    const [[created]] = await change(
      env,
      [
        db
          .insert(users)
          .values({ ...fields, name: fullName(fields) })
          .returning({ id: users.id }),
        db.insert(contacts).values({ userId, kind: 'EMAIL', target: fields.email }),
        db.insert(invitations).values({ userId, ...invitation }),
      ],
      [affectedBy(fields.role), { object: 'pager', ids: sql`select id from users where email = ${fields.email}` }],
    )
    return await findUser(env, created?.id ?? 0)
  } catch (error) {
    throw emailTaken(error, fields.email)
  }
}

/** Changes a person. Their own address among the contacts follows their e-mail address. */
export async function updateUser(env: Env, before: StoredUser, fields: UserFields): Promise<StoredUser> {
  const db = database(env)
  const anotherAdministrator = sql`exists (select 1 from users other where other.role = 'ADMIN' and other.id <> ${before.id})`
  const staysAdministered = fields.role === 'ADMIN' || before.role === 'USER' ? undefined : anotherAdministrator
  try {
    const [[updated]] = await change(
      env,
      [
        db
          .update(users)
          .set({ ...fields, name: fullName(fields) })
          // Which sources are affected was decided by the role that was read.
          .where(and(eq(users.id, before.id), eq(users.role, before.role), staysAdministered))
          .returning({ id: users.id }),
        db
          .update(contacts)
          .set({
            target: sql`(select email from users where id = ${before.id})`,
            faults: sql`iif(${contacts.target} = ${fields.email}, ${contacts.faults}, '{}')`,
          })
          .where(
            and(
              eq(contacts.userId, before.id),
              eq(contacts.kind, 'EMAIL'),
              eq(contacts.target, before.email),
              sql`not exists (select 1 from contacts other where other.user_id = ${before.id} and other.kind = 'EMAIL' and other.target = ${fields.email})`,
            ),
          ),
      ],
      [
        before.role === 'USER' && fields.role === 'USER' ? sourcesNaming(before.id) : everySource,
        { object: 'pager', ids: sql`select ${before.id} as id` },
      ],
    )
    if (!updated) {
      throw (await findUser(env, before.id)).role === before.role
        ? new Refusal('CONFLICT', 'This is the last administrator: make somebody else one first', 'role')
        : new Refusal('CONFLICT', 'Somebody else changed this user at the same time: try again')
    }
    return await findUser(env, before.id)
  } catch (error) {
    throw emailTaken(error, fields.email)
  }
}

export function fullName({ firstName, lastName }: Pick<UserFields, 'firstName' | 'lastName'>): string {
  return `${firstName} ${lastName}`
}

/** Invited people have no password yet. */
function selectUsers(env: Env) {
  const status = sql<StoredUser['status']>`case when ${accounts.password} is null then 'INVITED' else 'ACTIVE' end`
  return database(env)
    .select({ ...getTableColumns(users), status })
    .from(users)
    .leftJoin(accounts, and(eq(accounts.userId, users.id), eq(accounts.providerId, 'credential')))
    .$dynamic()
}

/** Administrators are fallback contacts of every source unless others are chosen. */
function affectedBy(role: UserFields['role']): Affected {
  return role === 'ADMIN' ? everySource : { object: 'alert-source', ids: sql`select id from alert_sources where false` }
}

/** Those whose plans name the user: in a level, in a schedule of a level, or as a fallback contact. */
function sourcesNaming(userId: number): Affected {
  const byASchedule = policiesNaming(schedulesOfUser(userId, Date.now()))
  return {
    object: 'alert-source',
    ids: sql`select distinct s.source_id as id from ${policyUse} s join escalation_policies p on p.id = s.policy_id
      where ${namesUser(userId)} or p.id in (${byASchedule})
      or exists (select 1 from settings chosen, json_each(chosen.value) each where chosen.key = 'fallbackContacts' and each.value = ${userId})`,
  }
}

function emailTaken(error: unknown, email: string): unknown {
  return violates(error, 'UNIQUE', 'users.email')
    ? new Refusal('CONFLICT', `${email} belongs to another user`, 'email')
    : error
}

import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import type { ChannelName } from '../../notifications/model.ts'
import { change } from '../change.ts'
import { database, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { contacts, type onCallPreferences, type updatePreferences } from '../schema.ts'
import { checkContact } from './contact-of-method.ts'
import { pagerOf } from './contacts.ts'

type PreferenceTable = typeof onCallPreferences | typeof updatePreferences
type Contact = typeof contacts.$inferSelect

interface Kind {
  /** The table's name in SQL. */
  name: 'on_call_preferences' | 'update_preferences'
  limit: 'onCallPreferencesPerUser' | 'updatePreferencesPerUser'
  /** "on-call preference" */
  word: string
  order: SQL
}

/** Users' preferences of one kind: what each adds to a channel and a contact is up to its table. */
export function contactPreferences<
  Table extends PreferenceTable,
  Fields extends { method: ChannelName; contactId: number | null },
>(given: Table, { name, limit, word, order }: Kind) {
  type Stored = Table['$inferSelect'] & { contact: Contact | null }
  // What all these tables have; the rest passes through.
  const table = given as unknown as typeof onCallPreferences
  const values = (fields: Fields) => fields as unknown as Omit<typeof table.$inferInsert, 'userId'>
  const theOne = (userId: number, id: number) => and(eq(table.id, id), eq(table.userId, userId))
  const unknown = (id: number) => new Refusal('NOT_FOUND', `There is no ${word} ${id} with this user`)
  const select = async (env: Env, where: SQL | undefined) => {
    const query = database(env)
      .select({ ...getTableColumns(table), contact: contacts })
      .from(table)
      .leftJoin(contacts, eq(contacts.id, table.contactId))
    return (await query.where(where).orderBy(order)) as unknown as Stored[]
  }
  const find = async (env: Env, userId: number, id: number): Promise<Stored> => {
    const [preference] = await select(env, theOne(userId, id))
    if (!preference) throw unknown(id)
    return preference
  }

  return {
    list: (env: Env, userId: number): Promise<Stored[]> => select(env, eq(table.userId, userId)),

    async create(env: Env, userId: number, fields: Fields): Promise<Stored> {
      await checkContact(env, userId, fields)
      // Counted inside the insert, so that two at once can't both be the last one: the column refuses the null.
      const withinLimit = sql<number>`(select ${userId} where
        (select count(*) from ${table} where user_id = ${userId}) < ${LIMITS[limit]})`
      try {
        const insert = database(env)
          .insert(table)
          .values({ ...values(fields), userId: withinLimit })
          .returning({ id: table.id })
        const [[created]] = await change(env, [insert], [pagerOf(userId)])
        return await find(env, userId, created?.id ?? 0)
      } catch (error) {
        if (!violates(error, 'NOT NULL', `${name}.user_id`)) throw error
        throw new Refusal('LIMIT_EXCEEDED', `A user has at most ${LIMITS[limit]} ${word}s (${limit}): delete one first`)
      }
    },

    async update(env: Env, userId: number, id: number, fields: Fields): Promise<Stored> {
      await checkContact(env, userId, fields)
      const update = database(env)
        .update(table)
        .set(values(fields))
        .where(theOne(userId, id))
        .returning({ id: table.id })
      const [[updated]] = await change(env, [update], [pagerOf(userId)])
      if (!updated) throw unknown(id)
      return find(env, userId, id)
    },

    async remove(env: Env, userId: number, id: number): Promise<void> {
      const deletion = database(env).delete(table).where(theOne(userId, id)).returning({ id: table.id })
      const [[deleted]] = await change(env, [deletion], [pagerOf(userId)])
      if (!deleted) throw unknown(id)
    },
  }
}

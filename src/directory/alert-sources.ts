import { and, asc, eq, getTableColumns, lt, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { type Affected, change } from './change.ts'
import { anyOf, database, violates } from './database.ts'
import { Refusal } from './refusal.ts'
import { alertSources, escalationPolicies, shortNames, supportHours } from './schema.ts'
import { freeShortName, sourceOfShortName } from './short-names.ts'

export type SourceFields = Pick<
  typeof alertSources.$inferInsert,
  | 'name'
  | 'integrationType'
  | 'escalationPolicyId'
  | 'active'
  | 'incidentCreation'
  | 'groupingWindow'
  | 'autoResolutionTimeout'
  | 'priorityRule'
  | 'supportHoursId'
  | 'autoRaise'
  | 'resolveDelay'
  | 'eventsPerMinute'
  | 'maxOpenIncidents'
  | 'templates'
  | 'rules'
  | 'mail'
  | 'smsNumber'
  | 'smsKeyword'
  | 'smsAllowed'
  | 'heartbeat'
  | 'signingSecret'
>

/** The key carries its generation in 16 bits. */
const LAST_GENERATION = 65_535

export async function listSources(env: Env, page: { startIndex: number; maxResults: number }) {
  return selectSources(env).orderBy(asc(alertSources.id)).limit(page.maxResults).offset(page.startIndex)
}

export type StoredSource = Awaited<ReturnType<typeof listSources>>[number]

export async function findSource(env: Env, id: number): Promise<StoredSource> {
  const [source] = await selectSources(env).where(eq(alertSources.id, id))
  if (!source) throw unknownSource(id)
  return source
}

/** `shortName` null: one is made from the name. */
export async function createSource(env: Env, shortName: string | null, fields: SourceFields): Promise<StoredSource> {
  await checkRules(env, fields)
  const db = database(env)
  const chosen = shortName ?? (await freeShortName(env, fields.name))
  const byShortName = sql<number>`(select id from alert_sources where short_name = ${chosen})`
  try {
    const [[created]] = await change(
      env,
      [
        db
          .insert(alertSources)
          .values({ ...fields, shortName: chosen })
          .returning({ id: alertSources.id }),
        db.insert(shortNames).values({ shortName: chosen, sourceId: byShortName }),
      ],
      [{ object: 'alert-source', ids: sql`select id from alert_sources where short_name = ${chosen}` }],
    )
    return await findSource(env, created?.id ?? 0)
  } catch (error) {
    throw refusalOf(error, chosen)
  }
}

/** A new short name counts for new incidents; the old one goes on naming the old ones. */
export async function updateSource(
  env: Env,
  before: StoredSource,
  shortName: string,
  fields: SourceFields,
): Promise<StoredSource> {
  await checkRules(env, fields)
  const db = database(env)
  const update = db
    .update(alertSources)
    .set({ ...fields, shortName })
    .where(eq(alertSources.id, before.id))
  const owner = await sourceOfShortName(env, shortName)
  try {
    if (owner !== null && owner !== before.id) throw shortNameTaken(shortName)
    const insert = db.insert(shortNames).values({ shortName, sourceId: before.id })
    await change(env, owner === null ? [update, insert] : [update], [theSource(before.id)])
    return await findSource(env, before.id)
  } catch (error) {
    throw refusalOf(error, shortName)
  }
}

export async function deleteSource(env: Env, id: number): Promise<void> {
  const deletion = database(env).delete(alertSources).where(eq(alertSources.id, id)).returning({ id: alertSources.id })
  const [[deleted]] = await change(env, [deletion], [theSource(id)])
  if (!deleted) throw unknownSource(id)
}

/** A new key; the present one stays valid until `previousKeyValidUntil` (null: ends at once), the one before it ends. */
export async function rotateKey(env: Env, id: number, previousKeyValidUntil: Date | null): Promise<StoredSource> {
  const update = database(env)
    .update(alertSources)
    .set({ keyGeneration: sql`${alertSources.keyGeneration} + 1`, previousKeyValidUntil })
    .where(and(eq(alertSources.id, id), lt(alertSources.keyGeneration, LAST_GENERATION)))
    .returning({ id: alertSources.id })
  const [[updated]] = await change(env, [update], [theSource(id)])
  const source = await findSource(env, id)
  if (!updated)
    throw new Refusal(
      'LIMIT_EXCEEDED',
      `The key of ${source.name} was rotated ${LAST_GENERATION} times: create a new source`,
    )
  return source
}

export async function revokePreviousKey(env: Env, id: number): Promise<StoredSource> {
  const update = database(env).update(alertSources).set({ previousKeyValidUntil: null }).where(eq(alertSources.id, id))
  await change(env, [update], [theSource(id)])
  return findSource(env, id)
}

function selectSources(env: Env) {
  return database(env)
    .select({
      ...getTableColumns(alertSources),
      policy: { id: escalationPolicies.id, name: escalationPolicies.name },
      hours: { id: supportHours.id, name: supportHours.name },
    })
    .from(alertSources)
    .innerJoin(escalationPolicies, eq(escalationPolicies.id, alertSources.escalationPolicyId))
    .leftJoin(supportHours, eq(supportHours.id, alertSources.supportHoursId))
    .$dynamic()
}

function theSource(id: number): Affected {
  return { object: 'alert-source', ids: sql`select ${id} as id` }
}

function unknownSource(id: number): Refusal {
  return new Refusal('NOT_FOUND', `There is no alert source ${id}`)
}

function shortNameTaken(shortName: string): Refusal {
  return new Refusal(
    'CONFLICT',
    `${shortName} is or was the short name of another alert source: choose another`,
    'shortName',
  )
}

/** A rule's policy must exist; its id is in a JSON column, which no foreign key guards. */
async function checkRules(env: Env, { rules = [] }: SourceFields): Promise<void> {
  const named = rules.map(({ escalationPolicyId }) => escalationPolicyId).filter((id) => id !== null)
  if (named.length === 0) return
  const known = await database(env)
    .select({ id: escalationPolicies.id })
    .from(escalationPolicies)
    .where(sql`${escalationPolicies.id} in ${anyOf(named)}`)
  const ids = new Set(known.map(({ id }) => id))
  const index = rules.findIndex(({ escalationPolicyId: id }) => id !== null && !ids.has(id))
  if (index < 0) return
  const { name, escalationPolicyId } = rules[index] ?? {}
  throw new Refusal(
    'BAD_REQUEST',
    `There is no escalation policy ${escalationPolicyId}, which the rule “${name}” names`,
    `rules[${index}].escalationPolicy.id`,
  )
}

function refusalOf(error: unknown, shortName: string): unknown {
  if (violates(error, 'UNIQUE', 'alert_sources.sms_number')) {
    return new Refusal(
      'CONFLICT',
      'Another alert source takes the messages of this number: give each a keyword of its own',
      'sms.keyword',
    )
  }
  if (violates(error, 'UNIQUE', 'short_names.') || violates(error, 'UNIQUE', 'alert_sources.'))
    return shortNameTaken(shortName)
  if (violates(error, 'FOREIGN KEY')) {
    return new Refusal(
      'BAD_REQUEST',
      'There is no such escalation policy, or no such support hours',
      'escalationPolicy.id',
    )
  }
  return error
}

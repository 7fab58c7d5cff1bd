import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Env } from '../../env.ts'
import { LIMITS } from '../../limits.ts'
import { log } from '../../log.ts'
import type { Attempt } from '../../notifications/send.ts'
import { change } from '../change.ts'
import { anyOf, database, type Statement, violates } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { pushDevices } from '../schema.ts'
import { pagerOf } from './contacts.ts'

export type StoredDevice = typeof pushDevices.$inferSelect
export type NewDevice = Pick<StoredDevice, 'kind' | 'name' | 'target' | 'keys'>

export async function listDevices(env: Env, userId: number): Promise<StoredDevice[]> {
  return database(env).select().from(pushDevices).where(eq(pushDevices.userId, userId)).orderBy(asc(pushDevices.id))
}

export async function findDevice(env: Env, userId: number, id: number): Promise<StoredDevice> {
  const [device] = await database(env).select().from(pushDevices).where(theOne(userId, id))
  if (!device) throw unknownDevice(id)
  return device
}

/**
 * Adds a device, or renews the one that has the same target: browsers subscribe again with each visit.
 *
 * A browser that somebody else used before, and that has not changed since, is this user's now. Its keys show that it is
 * the same one: an address alone takes nobody's device away.
 */
export async function createDevice(env: Env, userId: number, device: NewDevice): Promise<StoredDevice> {
  const { kind, name, target, keys } = device
  const db = database(env)
  const formerly = and(
    ...[eq(pushDevices.kind, 'WEB_PUSH'), eq(pushDevices.target, target), ne(pushDevices.userId, userId)],
    sql`json_extract(${pushDevices.keys}, '$.auth') = ${keys.auth ?? ''}`,
  )
  const former =
    kind === 'WEB_PUSH' ? await db.select({ userId: pushDevices.userId }).from(pushDevices).where(formerly) : []
  // Counted inside the insert, so that two at once can't both be the last one: the column refuses the null.
  const others = sql`select count(*) from push_devices where user_id = ${userId} and not (kind = ${kind} and target = ${target})`
  const withinLimit = sql<number>`(select ${userId} where (${others}) < ${LIMITS.pushDevicesPerUser})`
  const insert = db
    .insert(pushDevices)
    .values({ userId: withinLimit, kind, name, target, keys })
    .onConflictDoUpdate({
      target: [pushDevices.userId, pushDevices.kind, pushDevices.target],
      set: { name, keys, fault: null },
    })
    .returning()
  const statements: [typeof insert, ...Statement[]] = [insert]
  if (former.length > 0) statements.push(db.delete(pushDevices).where(formerly))
  try {
    const concerned = [userId, ...former.map((each) => each.userId)]
    const [[created]] = await change(env, statements, concerned.map(pagerOf))
    if (!created) throw new Error('the insert returned nothing')
    return created
  } catch (error) {
    if (!violates(error, 'NOT NULL', 'push_devices.user_id')) throw error
    throw new Refusal(
      'LIMIT_EXCEEDED',
      `A user has at most ${LIMITS.pushDevicesPerUser} devices (pushDevicesPerUser): remove one first`,
    )
  }
}

export async function deleteDevice(env: Env, userId: number, id: number): Promise<void> {
  const deletion = database(env).delete(pushDevices).where(theOne(userId, id)).returning({ id: pushDevices.id })
  const [[deleted]] = await change(env, [deletion], [pagerOf(userId)])
  if (!deleted) throw unknownDevice(id)
}

/** The consumer's answer to its queue waits for this, so a database that hangs must not hold it for long. */
const NOTING_MS = 5_000

/**
 * What came of pushes: devices that nothing reaches any more are removed, and their users' Pagers told; of others it is
 * remembered why the last push failed. Writes nothing where nothing has changed. Never throws.
 */
export async function noteOutcomes(env: Env, tried: { attempts: Attempt[] }[]): Promise<void> {
  const outcomes = tried.flatMap(({ attempts }) => attempts.flatMap(outcomeOf))
  if (outcomes.length === 0) return
  try {
    const tooLate = scheduler.wait(NOTING_MS).then(() => {
      throw new Error(`no answer within ${NOTING_MS / 1000} s`)
    })
    await Promise.race([note(env, outcomes), tooLate])
  } catch (error) {
    log.warn('outcomes of pushes not noted', { outcomes: outcomes.length, error })
  }
}

interface Outcome {
  id: number
  target: string
  isGone: boolean
  fault: string | null
}

function outcomeOf({ device, result }: Attempt): Outcome[] {
  if (!device) return []
  const { id, target } = device
  return result.sent
    ? [{ id, target, isGone: false, fault: null }]
    : [{ id, target, isGone: result.fault === 'contact', fault: result.reason.slice(0, FAULT_CHARACTERS) }]
}

const FAULT_CHARACTERS = 300

async function note(env: Env, outcomes: Outcome[]): Promise<void> {
  const db = database(env)
  const others = outcomes.filter(({ isGone }) => !isGone)
  if (others.length > 0) {
    const of = sql`from json_each(${JSON.stringify(others)}) where json_extract(value, '$.id') = push_devices.id`
    const said = sql`(select json_extract(value, '$.fault') ${of} order by key desc limit 1)`
    const ids = anyOf(others.map(({ id }) => id))
    await db.run(sql`update push_devices set fault = ${said} where id in ${ids} and fault is not ${said}`)
  }
  const gone = outcomes.filter(({ isGone }) => isGone)
  if (gone.length === 0) return
  const isOne = sql`${pushDevices.id} in ${anyOf(gone.map(({ id }) => id))} and ${pushDevices.target} in ${anyOf(gone.map(({ target }) => target))}`
  const owners = await db.selectDistinct({ userId: pushDevices.userId }).from(pushDevices).where(isOne)
  if (owners.length === 0) return
  const ids = sql`select value as id from json_each(${JSON.stringify(owners.map(({ userId }) => userId))})`
  await change(env, [db.delete(pushDevices).where(isOne)], [{ object: 'pager', ids }])
}

function theOne(userId: number, id: number) {
  return and(eq(pushDevices.id, id), eq(pushDevices.userId, userId))
}

function unknownDevice(id: number): Refusal {
  return new Refusal('NOT_FOUND', `There is no device ${id} with this user`)
}

import { eq, sql } from 'drizzle-orm'
import type { Env } from '../env.ts'
import { log } from '../log.ts'
import { type Reached, reachedText } from '../notifications/budget.ts'
import type { Notice } from '../notifications/notice.ts'
import { database } from './database.ts'
import { deliverNotices, pendingNotice } from './notices.ts'
import { settings, users } from './schema.ts'

const KEY = 'capReached'
const SHOWN_MS = 86_400_000

/** The last cap that was reached. */
export interface CapReached {
  /** Epoch ms. */
  at: number
  /** Whose it is, and what it says. */
  message: string
}

/** Keeps it for the health page, and tells the administrators: of each cap once a day. Never throws. */
export async function noteCapReached(env: Env, userId: number, reached: Reached): Promise<void> {
  try {
    const db = database(env)
    const at = Date.now()
    const [user] = await db.select({ name: users.name }).from(users).where(eq(users.id, userId))
    const whose = reached.cap.scope === 'user' ? `${user?.name ?? `user ${userId}`}: ` : ''
    const value = { at, message: whose + reachedText(reached) } satisfies CapReached
    const administrators = await db.select({ id: users.id }).from(users).where(eq(users.role, 'ADMIN'))
    await db.batch([
      db
        .insert(settings)
        .values({ key: KEY, value })
        .onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value`, updatedAt: new Date() } }),
      ...administrators.map(({ id }) => pendingNotice(db, id, noticeOf(value, reached, userId))),
    ])
    await deliverNotices(env)
  } catch (error) {
    log.error('a cap was reached, and nobody could be told', { cap: reached.cap.variable, error })
  }
}

/** The last one within a day; null: none. */
export async function recentCap(env: Env, now: number): Promise<CapReached | null> {
  const [row] = await database(env).select().from(settings).where(eq(settings.key, KEY))
  const known = (row?.value ?? null) as CapReached | null
  return known && now - known.at < SHOWN_MS ? known : null
}

/** Its name is the cap's and the day's: told once a day, and no cap of one user hides that of everybody. */
function noticeOf({ at, message }: CapReached, { cap }: Reached, userId: number): Notice {
  const whose = cap.scope === 'user' ? `-${userId}` : ''
  return {
    id: `caps-${new Date(at).toISOString().slice(0, 10)}-${cap.variable}${whose}`,
    title: 'A cap on texts or calls was reached',
    text: `${message[0]?.toUpperCase()}${message.slice(1)}. Other channels go on. Find out what sends so much in the delivery log, or raise the cap.`,
    path: '/deliveries',
    expiresAt: at + SHOWN_MS,
  }
}

import { listDurableObjectIds, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Bundle } from '../../../src/notifications/bundles.ts'
import type { NoticeState } from '../../../src/notifications/notices.ts'
import type { PageState } from '../../../src/notifications/paging.ts'

/** Waits until nothing is under way: every outbox is empty, every queued notification sent or given up for now. */
export async function settle(): Promise<void> {
  await until(async () => !(await anythingUnderWay()), 'everything under way is done')
}

/** Waits for a condition. vitest's own waiting moves a stopped clock on, so this is done by hand. */
export async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    if (await condition()) return
    await scheduler.wait(BETWEEN_LOOKS_MS)
  }
  throw new Error(`Waited in vain until ${what}`)
}

const BETWEEN_LOOKS_MS = 2
const MOST_LOOKS = 7_000

async function anythingUnderWay(): Promise<boolean> {
  return (
    (await openingsUnderWay()) ||
    (await outboxesFull()) ||
    (await notificationsUnderWay()) ||
    (await bundlesUnderWay()) ||
    (await noticesUnderWay())
  )
}

function openingsUnderWay(): Promise<boolean> {
  return some(env.ALERT_SOURCE, (sql) => count(sql, 'SELECT COUNT(*) AS n FROM incident WHERE opening IS NOT NULL') > 0)
}

/** What failed once waits for its next try, which is a matter of the clock. */
function outboxesFull(): Promise<boolean> {
  return some(env.INCIDENT, (sql) => count(sql, 'SELECT COUNT(*) AS n FROM outbox WHERE attempts = 0') > 0)
}

function notificationsUnderWay(): Promise<boolean> {
  return some(env.PAGER, (sql) =>
    sql
      .exec<{ page: string }>('SELECT page FROM page')
      .toArray()
      .map(({ page }): PageState => JSON.parse(page))
      .some(
        ({ status, notifications, reportAt }) =>
          reportAt !== null ||
          notifications.some(
            (notification) =>
              notification.status === 'claimed' || (status === 'open' && notification.status === 'queued'),
          ),
      ),
  )
}

function bundlesUnderWay(): Promise<boolean> {
  return some(env.PAGER, (sql) =>
    sql
      .exec<{ state: string }>('SELECT state FROM bundle')
      .toArray()
      .map(({ state }): Bundle => JSON.parse(state))
      .some(({ status }) => status === 'claimed' || status === 'queued'),
  )
}

function noticesUnderWay(): Promise<boolean> {
  return some(env.PAGER, (sql) =>
    sql
      .exec<{ state: string }>('SELECT state FROM notice WHERE state IS NOT NULL')
      .toArray()
      .map(({ state }): NoticeState => JSON.parse(state))
      .some(({ messages }) => messages.some(({ status }) => status === 'claimed' || status === 'queued')),
  )
}

async function some<T extends Rpc.DurableObjectBranded>(
  namespace: DurableObjectNamespace<T>,
  underWay: (sql: SqlStorage) => boolean,
): Promise<boolean> {
  for (const id of await listDurableObjectIds(namespace)) {
    const busy = await runInDurableObject(namespace.get(id) as DurableObjectStub, (_, { storage }) =>
      storage.kv.get('schema') === undefined ? false : underWay(storage.sql),
    )
    if (busy) return true
  }
  return false
}

function count(sql: SqlStorage, query: string): number {
  return sql.exec<{ n: number }>(query).one().n
}

import { env } from 'cloudflare:workers'
import type { Env } from '../env.ts'
import type { Notice } from '../notifications/notice.ts'

/** The tests' own bindings, except that something happens just before the database's n-th batch (1: the first). */
export function beforeBatch(which: number, act: () => Promise<unknown>): Env {
  let count = 0
  const batch = async (statements: D1PreparedStatement[]) => {
    count++
    if (count === which) await act()
    return env.DB.batch(statements)
  }
  const DB = { prepare: (query: string) => env.DB.prepare(query), batch } as unknown as D1Database
  return { ...env, DB }
}

/** The tests' own bindings, except that Pagers only note what they are told. */
export function collectNotices(): { env: Env; told: Record<number, Notice[]> } {
  const told: Record<number, Notice[]> = {}
  const getByName = (userId: string) => ({
    async configure() {},
    async remove() {},
    async notify(notice: Notice) {
      told[Number(userId)] = [...(told[Number(userId)] ?? []), notice]
    },
  })
  return { env: { ...env, PAGER: { getByName } as unknown as Env['PAGER'] }, told }
}

import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { settle } from './settle.ts'

/**
 * The tests' time. The platform's alarms follow the real clock, so the tests live in 2040, where no alarm ever rings by
 * itself, and ring each one here when its time has come.
 */

const START = Date.parse('2040-01-04T09:00:00Z')

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(START)
}

export function releaseClock(): void {
  vi.useRealTimers()
}

/** Lets time pass: every alarm on the way rings at its time, in their order. */
export async function pass(duration: number): Promise<void> {
  const until = Date.now() + duration
  await settle()
  for (;;) {
    const next = await earliestAlarm()
    if (next === null || next > until) break
    vi.setSystemTime(Math.max(next, Date.now()))
    await ringAlarms()
    await settle()
  }
  vi.setSystemTime(until)
}

/** Jumps without ringing anything: what a standstill of the platform looks like. */
export function standStill(duration: number): void {
  vi.setSystemTime(Date.now() + duration)
}

/** To an instant at which a test begins anew. Rings nothing on the way. */
export function jumpTo(instant: number): void {
  vi.setSystemTime(instant)
}

/** Rings what is overdue, as the platform does when it is back. */
export async function ringAlarms(): Promise<void> {
  for (const stub of await objectsWithAlarms()) {
    const at = await runInDurableObject(stub, (_, state) => state.storage.getAlarm())
    if (at !== null && at <= Date.now()) await runDurableObjectAlarm(stub)
  }
  await settle()
}

async function earliestAlarm(): Promise<number | null> {
  const alarms = await Promise.all(
    (await objectsWithAlarms()).map((stub) => runInDurableObject(stub, (_, state) => state.storage.getAlarm())),
  )
  const set = alarms.filter((at) => at !== null)
  return set.length > 0 ? Math.min(...set) : null
}

async function objectsWithAlarms(): Promise<DurableObjectStub[]> {
  const found: DurableObjectStub[] = []
  for (const namespace of [env.ALERT_SOURCE, env.INCIDENT, env.PAGER] as DurableObjectNamespace[]) {
    for (const id of await listDurableObjectIds(namespace)) found.push(namespace.get(id))
  }
  return found
}

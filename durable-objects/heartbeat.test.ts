import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { aPing, every, HOUR, MINUTE } from '../src/alert-sources/heartbeats/heartbeat.fixtures.ts'
import { Heartbeat } from './heartbeat.ts'

const START = Date.parse('2026-03-02T10:00:00Z')
const SETTINGS = every(HOUR)
const DUE = START + HOUR + MINUTE

interface Given {
  heartbeat: Heartbeat
  /** The heartbeat after the object has come back. */
  restarted: () => Heartbeat
  storage: DurableObjectStorage
}

function withHeartbeat(test: (given: Given) => void): Promise<void> {
  const stub = env.ALERT_SOURCE.getByName(crypto.randomUUID())
  return runInDurableObject(stub as DurableObjectStub, (_, { storage }) =>
    test({ heartbeat: new Heartbeat(storage), restarted: () => new Heartbeat(storage), storage }),
  )
}

const ping = (heartbeat: Heartbeat, at: number, fields = {}, quiet = false) =>
  heartbeat.ping(aPing(at, fields), SETTINGS, 'Backup', quiet)
const onDue = (heartbeat: Heartbeat, now: number, quietUntil: number | null = null) =>
  heartbeat.onDue(SETTINGS, 'Backup', now, quietUntil)

describe('a heartbeat', () => {
  it('hands out its alert once it is due, and again until it is reported', async ({ expect }) => {
    await withHeartbeat(({ heartbeat, restarted }) => {
      expect(heartbeat.nextDue()).toBeNull()
      expect(ping(heartbeat, START)).toBeNull()
      expect(heartbeat.nextDue()).toBe(DUE)
      expect(onDue(heartbeat, DUE - 1)).toBeNull()
      const alert = onDue(heartbeat, DUE)
      expect(alert).toMatchObject({ type: 'ALERT', key: 'heartbeat', summary: 'Backup did not report' })

      // It may be on its way; when that takes too long, or the object was lost meanwhile, it comes again.
      expect(onDue(heartbeat, DUE + 1)).toBeNull()
      expect(heartbeat.nextDue()).toBe(DUE + 5_000)
      expect(onDue(heartbeat, DUE + 5_000)).toEqual(alert)
      const again = restarted()
      expect(again.nextDue()).toBeLessThanOrEqual(DUE)
      expect(onDue(again, DUE + 6_000)).toEqual(alert)

      if (alert) again.reported(alert)
      expect(again.nextDue()).toBeNull()
      expect(onDue(restarted(), DUE + HOUR)).toBeNull()
      expect(ping(restarted(), DUE + HOUR)).toMatchObject({ type: 'RESOLVE', key: 'heartbeat' })
    })
  })

  it('waits while its source must be quiet, and opens afterwards', async ({ expect }) => {
    await withHeartbeat(({ heartbeat }) => {
      ping(heartbeat, START)
      const quietUntil = DUE + HOUR
      expect(onDue(heartbeat, DUE, quietUntil)).toBeNull()
      expect(heartbeat.nextDue()).toBe(quietUntil)
      expect(heartbeat.view(DUE).state).toBe('OVERDUE')
      expect(onDue(heartbeat, quietUntil)).toMatchObject({ type: 'ALERT' })
    })
  })

  it('of a source that is switched off is not looked at until the settings change', async ({ expect }) => {
    await withHeartbeat(({ heartbeat }) => {
      ping(heartbeat, START)
      expect(onDue(heartbeat, DUE, Number.POSITIVE_INFINITY)).toBeNull()
      expect(heartbeat.nextDue()).toBeNull()
      heartbeat.settingsChanged(SETTINGS, DUE + HOUR, true)
      expect(heartbeat.nextDue()).toBe(DUE)
      expect(onDue(heartbeat, DUE + HOUR)).toMatchObject({ type: 'ALERT' })
    })
  })

  it.for(['switched off', 'another kind'] as const)(
    'of a source that was %s in between has an interval and its grace to ping in',
    async (how, { expect }) => {
      await withHeartbeat(({ heartbeat, restarted }) => {
        ping(heartbeat, START)
        if (how === 'switched off') heartbeat.settingsChanged(SETTINGS, START + MINUTE, false)
        else heartbeat.settingsChanged(null, START + MINUTE, true)
        const again = restarted()
        again.settingsChanged(SETTINGS, DUE + 48 * HOUR, true)
        const due = DUE + 48 * HOUR + HOUR + MINUTE
        expect(again.nextDue()).toBe(due)
        expect(onDue(again, due - 1)).toBeNull()
        expect(onDue(again, due)).toMatchObject({ type: 'ALERT' })
      })
    },
  )

  it('of a source that was switched off before its first ping is paused too', async ({ expect }) => {
    await withHeartbeat(({ heartbeat }) => {
      heartbeat.settingsChanged(SETTINGS, START, false)
      ping(heartbeat, START, {}, true)
      heartbeat.settingsChanged(SETTINGS, DUE + HOUR, true)
      expect(heartbeat.nextDue()).toBe(DUE + HOUR + HOUR + MINUTE)
    })
  })

  it('keeps nothing of a source that is none', async ({ expect }) => {
    await withHeartbeat(({ heartbeat, storage }) => {
      heartbeat.settingsChanged(null, START, true)
      expect(storage.kv.get('heartbeat')).toBeUndefined()
    })
  })

  it('that is well again before its alert was taken resolves it at once, also while it must be quiet', async ({
    expect,
  }) => {
    await withHeartbeat(({ heartbeat }) => {
      const alert = ping(heartbeat, START, { kind: 'fail' })
      expect(ping(heartbeat, START + 1)).toBeNull()
      if (alert) heartbeat.reported(alert)
      expect(heartbeat.nextDue()).toBeLessThanOrEqual(START)
      expect(onDue(heartbeat, START + 2, Number.POSITIVE_INFINITY)).toMatchObject({ type: 'RESOLVE' })
      expect(heartbeat.nextDue()).toBe(START + 2 + 5_000)
    })
  })

  it('keeps a failure for later while it must be quiet, unless it is over before', async ({ expect }) => {
    await withHeartbeat(({ heartbeat }) => {
      expect(ping(heartbeat, START, { kind: 'fail', body: 'disk full' }, true)).toBeNull()
      expect(onDue(heartbeat, START + MINUTE)).toMatchObject({ type: 'ALERT', details: 'disk full' })
    })
    await withHeartbeat(({ heartbeat }) => {
      ping(heartbeat, START, { kind: 'fail' }, true)
      expect(ping(heartbeat, START + MINUTE, {}, true)).toBeNull()
      expect(onDue(heartbeat, START + MINUTE)).toBeNull()
    })
  })

  it('resolves also while it must be quiet', async ({ expect }) => {
    await withHeartbeat(({ heartbeat }) => {
      const alert = ping(heartbeat, START, { kind: 'fail' })
      if (alert) heartbeat.reported(alert)
      expect(ping(heartbeat, START + MINUTE, {}, true)).toMatchObject({ type: 'RESOLVE' })
    })
  })

  it('shows the last hundred pings, newest first, with the output of the last twenty', async ({ expect }) => {
    await withHeartbeat(({ heartbeat, restarted, storage }) => {
      for (let count = 1; count <= 60; count++) {
        ping(heartbeat, START + count * MINUTE, { kind: 'start' })
        const fields = { body: `${count} ${'ä'.repeat(5000)}`, userAgent: 'x'.repeat(5000) }
        ping(heartbeat, START + count * MINUTE + 1500, fields)
      }
      const { state, lastPingAt, dueAt, runningSince, pings } = restarted().view(START + HOUR)
      expect({ state, runningSince }).toEqual({ state: 'HEALTHY', runningSince: null })
      expect(lastPingAt).toBe(START + HOUR + 1500)
      expect(dueAt).toBe(START + HOUR + 1500 + HOUR + MINUTE)
      expect(pings).toHaveLength(100)
      expect(pings[0]).toMatchObject({ kind: 'success', at: START + HOUR + 1500, durationMs: 1500, method: 'GET' })
      expect(pings[0]?.body).toMatch(/^60 ä+$/)
      expect(pings[1]).toMatchObject({ kind: 'start', durationMs: null })
      expect(pings.filter(({ body }) => body !== null)).toHaveLength(10)
      expect(new TextEncoder().encode(JSON.stringify(storage.kv.get('heartbeat'))).byteLength).toBeLessThan(64 * 1024)
    })
  })
})

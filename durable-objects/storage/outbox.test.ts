import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { OUTBOX_TABLE, Outbox } from './outbox.ts'

interface Message {
  to: string
  text: string
}

/** An outbox in some object's storage, and what it delivered; messages to whom is in `failing` fail. */
function withOutbox(
  test: (outbox: Outbox<Message>, delivered: string[], failing: Set<string>) => Promise<void>,
): Promise<void> {
  const stub = env.LIVE_FEED.getByName(crypto.randomUUID())
  return runInDurableObject(stub as DurableObjectStub, async (_, { storage }) => {
    storage.sql.exec(OUTBOX_TABLE)
    const delivered: string[] = []
    const failing = new Set<string>()
    const outbox = new Outbox<Message>(storage.sql, {
      receiver: ({ to }) => to,
      deliver: async ({ to, text }) => {
        if (failing.has(to)) throw new Error(`${to} does not answer`)
        delivered.push(`${to} ${text}`)
      },
    })
    await test(outbox, delivered, failing)
  })
}

describe('an outbox', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.parse('2040-01-01T00:00:00Z'))
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('delivers what was put, once, and waits for nothing then', async ({ expect }) => {
    await withOutbox(async (outbox, delivered) => {
      outbox.put([
        { to: 'ann', text: 'page' },
        { to: 'ben', text: 'page' },
      ])
      expect(outbox.nextDue()).toBe(Date.now() + 5_000)
      await outbox.drain()
      await outbox.drain()
      expect(delivered).toEqual(['ann page', 'ben page'])
      expect(outbox.nextDue()).toBeNull()
    })
  })

  it('keeps what was not confirmed, later messages to the same receiver behind it, and nobody else', async ({
    expect,
  }) => {
    await withOutbox(async (outbox, delivered, failing) => {
      failing.add('ann')
      outbox.put([
        { to: 'ann', text: 'page' },
        { to: 'ben', text: 'page' },
      ])
      outbox.put([
        { to: 'ann', text: 'withdraw' },
        { to: 'ben', text: 'withdraw' },
      ])
      await outbox.drain()
      expect(delivered).toEqual(['ben page', 'ben withdraw'])

      failing.clear()
      await outbox.drain()
      expect(delivered, 'nothing before its next try').toHaveLength(2)
      vi.setSystemTime(outbox.nextDue() ?? 0)
      await outbox.drain()
      vi.setSystemTime(outbox.nextDue() ?? Date.now())
      await outbox.drain()
      expect(delivered.slice(2)).toEqual(['ann page', 'ann withdraw'])
      expect(outbox.nextDue()).toBeNull()
    })
  })

  it('waits longer with each failure', async ({ expect }) => {
    await withOutbox(async (outbox, _, failing) => {
      failing.add('ann')
      outbox.put([{ to: 'ann', text: 'page' }])
      const waits: number[] = []
      for (let attempt = 0; attempt < 10; attempt++) {
        await outbox.drain()
        waits.push((outbox.nextDue() ?? 0) - Date.now())
        vi.setSystemTime(outbox.nextDue() ?? 0)
      }
      expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300].map((seconds) => seconds * 1000))
    })
  })

  it('delivers what is put while it is draining, without two drains at once', async ({ expect }) => {
    await withOutbox(async (outbox, delivered) => {
      outbox.put([{ to: 'ann', text: 'one' }])
      const first = outbox.drain()
      outbox.put([{ to: 'ann', text: 'two' }])
      await Promise.all([first, outbox.drain(), outbox.drain()])
      expect(delivered).toEqual(['ann one', 'ann two'])
    })
  })
})

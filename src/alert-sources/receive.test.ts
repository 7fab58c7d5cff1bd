import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Env, QueuedDelivery } from '../env.ts'
import { LIMITS } from '../limits.ts'
import { boundedEvent } from './bounded-event.ts'
import type { Delivery } from './delivery.ts'
import { anEvent } from './event.fixtures.ts'
import type { InboundEvent } from './event.ts'
import { jsonBytes } from './json-bytes.ts'
import { type EventResult, eventIdOf, NotAccepted, type Received, receive } from './receive.ts'

/** What Cloudflare's queues take: https://developers.cloudflare.com/queues/platform/limits/ */
const MESSAGE_BYTES = 128_000
const BATCH_BYTES = 256_000

class Deployment {
  readonly batches: QueuedDelivery[][] = []
  queueIsAway = false
  #answer: (() => Received) | null = null

  /** The source can be reached, and answers this. */
  answers(...results: EventResult[]): void {
    this.#answer = () => ({ taken: true, results, ignored: null })
  }

  receive(delivery: Delivery): Promise<Received> {
    const fake = {
      ALERT_SOURCE: { getByName: () => ({ receive: async () => (this.#answer ?? away)() }) },
      EVENTS: {
        sendBatch: async (messages: Iterable<{ body: QueuedDelivery }>) => {
          if (this.queueIsAway) throw new Error('the queue is away')
          this.batches.push([...messages].map(({ body }) => body))
        },
      },
    }
    const context = { deliveryId: 'd', receivedAt: 0 }
    return receive(fake as unknown as Env, { sourceId: 5, generation: 1 }, delivery, context)
  }

  get messages(): QueuedDelivery[] {
    return this.batches.flat()
  }

  /** The queued events by their ids. */
  get queued(): [string, InboundEvent][] {
    return this.messages.flatMap(({ delivery, context: { deliveryId, firstIndex = 0 } }) =>
      delivery.way === 'events'
        ? delivery.events.map((event, index): [string, InboundEvent] => [
            eventIdOf(deliveryId, firstIndex + index),
            event,
          ])
        : [],
    )
  }
}

function away(): Received {
  throw new Error('the object is away')
}

function events(of: InboundEvent[], via = 'json', body = ''): Delivery {
  return { way: 'events', events: of, ignored: null, request: { via, method: 'POST', headers: {}, query: {}, body } }
}

function expectWithinLimits({ batches }: Deployment) {
  for (const batch of batches) {
    expect(batch.length).toBeLessThanOrEqual(100)
    expect(jsonBytes(batch)).toBeLessThanOrEqual(BATCH_BYTES)
    for (const message of batch) expect(jsonBytes(message)).toBeLessThanOrEqual(MESSAGE_BYTES)
  }
}

const LARGE = 'x'.repeat(200_000)

describe('while the source can’t be reached', () => {
  it('a thousand events wait in few messages, each with its id', async () => {
    const deployment = new Deployment()
    const all = Array.from({ length: 1000 }, (_, index) => anEvent({ key: `disk ${index}`, details: 'ö'.repeat(400) }))
    const received = await deployment.receive(events(all, 'json', LARGE))
    expect(received).toMatchObject({ taken: true, results: all.map(({ key }) => ({ outcome: 'queued', key })) })
    expect(deployment.queued).toEqual(all.map((event, index) => [eventIdOf('d', index), event]))
    expect(deployment.messages.length).toBeLessThan(15)
    expect(deployment.batches.length).toBeLessThan(8)
    expectWithinLimits(deployment)
  })

  it('a small delivery waits as it came', async () => {
    const deployment = new Deployment()
    const delivery = events([anEvent(), anEvent()], 'json', 'the body')
    await deployment.receive(delivery)
    expect(deployment.messages).toEqual([
      { sourceId: 5, delivery, context: { keyGeneration: 1, deliveryId: 'd', receivedAt: 0, accepted: true } },
    ])
  })

  it('a large delivery without events is one message without its request', async () => {
    const deployment = new Deployment()
    await deployment.receive({ ...events([], 'json', LARGE), ignored: 'nothing new' } as Delivery)
    expect(deployment.messages).toMatchObject([{ delivery: { events: [], ignored: 'nothing new', request: null } }])
  })

  it('a request that a tool may have signed waits whole, or the sender keeps it', async () => {
    const deployment = new Deployment()
    const small = events([anEvent()], 'github', 'the body')
    await deployment.receive(small)
    expect(deployment.messages).toMatchObject([{ delivery: small }])
    await expect(deployment.receive(events([anEvent()], 'github', LARGE))).rejects.toThrow(NotAccepted)
    expect(deployment.messages).toHaveLength(1)
  })

  it('any event fits, however its characters are written', async () => {
    const text = fc.constantFrom('x', 'ö', '🔥', '"', '\u0001').map((one) => one.repeat(70_000))
    const loose = fc.record({
      type: fc.constant('ALERT' as const),
      key: text,
      summary: text,
      details: text,
      links: fc.constantFrom('x', '%22', '"').map((one) =>
        Array.from({ length: LIMITS.linksPerEvent }, () => ({
          href: `https://example.com/${one.repeat(600)}`,
          text: one.repeat(256),
        })),
      ),
      labels: text.map((value) =>
        Object.fromEntries(Array.from({ length: LIMITS.labelsPerEvent }, (_, index) => [`${index}${value}`, value])),
      ),
      customDetails: fc.constant({ output: LARGE }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(loose, { minLength: 1, maxLength: 3 }), async (all) => {
        const deployment = new Deployment()
        const bounded = await Promise.all(all.map(boundedEvent))
        await deployment.receive(events(bounded))
        expectWithinLimits(deployment)
        expect(deployment.queued.map(([, { key, summary }]) => [key, summary])).toEqual(
          bounded.map(({ key, summary }) => [key, summary]),
        )
      }),
      { numRuns: 30 },
    )
  })

  it('and neither can the queue, nothing is accepted', async () => {
    const deployment = new Deployment()
    deployment.queueIsAway = true
    await expect(deployment.receive(events([anEvent()]))).rejects.toThrow(NotAccepted)
  })
})

describe('events that the source could not pass on', () => {
  const failed = { outcome: 'failed', incident: null, key: 'b' } as const
  const opened = { outcome: 'opened', incident: { id: 1, reference: 'PROM-1' }, key: 'a' } as const
  const all = ['a', 'b', 'c', 'd', 'e'].map((key) => anEvent({ key }))

  it('wait in the queue with their ids, and no others', async () => {
    const deployment = new Deployment()
    deployment.answers(opened, failed, failed, opened, failed)
    const received = await deployment.receive(events(all, 'github', LARGE))
    const queued = { ...failed, outcome: 'queued' }
    expect(received).toEqual({ taken: true, results: [opened, queued, queued, opened, queued], ignored: null })
    expect(deployment.queued).toEqual([
      ['d#1', all[1]],
      ['d#2', all[2]],
      ['d#4', all[4]],
    ])
    expect(deployment.messages).toMatchObject([
      { delivery: { request: null, own: true }, context: { deliveryId: 'd', firstIndex: 1, accepted: true } },
      { delivery: { request: null, own: true }, context: { deliveryId: 'd', firstIndex: 4 } },
    ])
  })

  it('are the sender’s again where the queue is away', async () => {
    const deployment = new Deployment()
    deployment.queueIsAway = true
    deployment.answers(opened, failed)
    await expect(deployment.receive(events(all.slice(0, 2)))).rejects.toThrow(NotAccepted)
  })

  it('of none, nothing is queued', async () => {
    const deployment = new Deployment()
    deployment.queueIsAway = true
    deployment.answers(opened)
    expect(await deployment.receive(events([anEvent()]))).toEqual({ taken: true, results: [opened], ignored: null })
  })
})

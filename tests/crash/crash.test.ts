import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type LocalServer, startLocalServer } from '../../scripts/local-server.ts'
import type { Rest } from '../../scripts/rest.ts'
import type { AlertSource } from '../../src/api/schemas/alert-source.ts'
import type { Incident, LogEntry } from '../../src/api/schemas/incident.ts'
import { incidentNumber, incidentReference } from '../../src/incidents/reference.ts'
import { callObject, type Delivered, delivered } from '../product/objects.ts'
import { Product } from '../product/product.ts'
import { createPerson, createSource } from '../product/team.ts'
import { Random } from './random.ts'
import { answersNeeded, happen, inventTroubles, type Trouble } from './trouble.ts'

/**
 * The process is killed, again and again, at random points while it opens incidents, pages people, takes their answers and
 * escalates. Each time it is started again on what it had written down.
 */

const INCIDENTS = 200
/** At random answers of the server, and then at random moments while it escalates. */
const KILLS = { answering: 6, escalating: 2 }
/** Within this time the events come, and the answers of people. */
const WINDOW_MS = 8_000
/** Of level one. */
const TIMEOUT_MS = 6_000
/** What was in the hands of a killed process is taken up when its lease ends, a minute later at most. */
const SETTLED_WITHIN_MS = 75_000
/** The longest lease is a minute: `src/notifications/paging.ts`. */
const LEASES_END_AFTER_MS = 62_000

const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)
const random = new Random(seed)

let product: Product
let lastLife: LocalServer | undefined
let rest: Rest
let source: AlertSource
let answers = 0
let lastKillAt = 0
const troubles: Trouble[] = inventTroubles(random, INCIDENTS, WINDOW_MS)

describe(`after ${KILLS.answering + KILLS.escalating} times SIGKILL with ${INCIDENTS} incidents in flight (CRASH_SEED=${seed})`, () => {
  beforeAll(async () => {
    product = await Product.start()
    rest = await product.rest()
    const first = await createPerson(rest, 'Finn', 11, [
      { method: 'SMS', delayMs: 0 },
      { method: 'VOICE', delayMs: TIMEOUT_MS / 2 },
    ])
    const second = await createPerson(rest, 'Sara', 12, [{ method: 'SMS', delayMs: 0 }])
    source = await createSource(rest, 'CRASH', [
      { userIds: [first], timeoutMs: TIMEOUT_MS },
      { userIds: [second], timeoutMs: 60 * 60_000 },
    ])
    const happened = happen(troubles, rest, source.integrationKey, () => answers++)
    await killWhileAnswering()
    await happened
    await killWhileEscalating()
    lastKillAt = Date.now()
    // The last life runs in this process, where the simulated carrier's whole book can be read.
    lastLife = await startLocalServer({ stateDir: product.stateDir, port: product.port, bindings: { DEMO: '1' } })
  })

  afterAll(async () => {
    await lastLife?.dispose()
    await product?.remove()
  })

  test('every accepted event has its incident, and only one', async () => {
    expect(await ask<number>('openCount'), 'incidents that the alert source opened').toBe(INCIDENTS)
    for (const trouble of troubles) {
      const { summary, references, answeredAt } = trouble
      expect(references.size, `incidents of ${summary}`).toBe(1)
      const [reference] = references
      const incident = await rest.get<Incident>(`/incidents/${reference}`)
      expect(incident.summary, reference).toBe(summary)
      expect(incident.status, reference).toBe(answeredAt === null ? 'PENDING' : 'ACCEPTED')
      // A repeat whose answer was lost may count twice, but none that was accepted may be missing.
      expect(incident.eventCount, reference).toBeLessThanOrEqual(trouble.attempts)
      expect(incident.eventCount, reference).toBeGreaterThanOrEqual(trouble.key === null ? 1 : trouble.accepted)
    }
  })

  test('every unanswered incident was escalated to level two', async () => {
    const unanswered = troubles.filter(({ answeredAt }) => answeredAt === null)
    expect(unanswered.length).toBeGreaterThan(0)
    const references = unanswered.map(({ references }) => [...references][0])
    await expect.poll(() => untold(references, 'Sara'), { timeout: SETTLED_WITHIN_MS, interval: 500 }).toEqual([])
  })

  test('nobody was paged after the answer', async () => {
    const answered = troubles.filter(({ answeredAt }) => answeredAt !== null)
    expect(answered.length).toBeGreaterThan(0)
    const late = (await pages()).flatMap((message) => {
      const trouble = answered.find(({ references }) => references.has(referenceIn(message)))
      const lateBy = trouble ? Date.parse(message.timestamp) - (trouble.answeredAt ?? 0) : 0
      return lateBy > 0 ? [`${referenceIn(message)} by ${message.method} ${lateBy} ms after its answer`] : []
    })
    expect(late).toEqual([])
  })

  test('the list of incidents has caught up when the watchdog has made its rounds', async () => {
    // Local queues lose with the process what is on its way into the list; this is what comes each minute.
    const worker = await lastLife?.miniflare.getWorker()
    await worker?.scheduled({ cron: '* * * * *', scheduledTime: new Date() })
    const count = (states: string) => rest.get<{ count: number }>(`/incidents/count?sources=${source.id}&${states}`)
    const answered = troubles.filter(({ answeredAt }) => answeredAt !== null).length
    await expect.poll(() => count('states=ACCEPTED'), { timeout: SETTLED_WITHIN_MS }).toEqual({ count: answered })
    await expect.poll(() => count('states=PENDING')).toEqual({ count: INCIDENTS - answered })
  })

  test('messages that came twice are few', async () => {
    // What was in a carrier's hands when the process was killed is sent again only now.
    await until(() => Date.now() >= lastKillAt + LEASES_END_AFTER_MS)
    const messages = await pages()
    const twice = messages.filter(({ deliveries }) => deliveries > 1)
    const single = messages.filter(({ incidentId }) => incidentId !== null)
    const pagesByChannel = Map.groupBy(single, ({ notificationId, method }) => `${pageOf(notificationId)} ${method}`)
    const repeated = [...pagesByChannel.values()].filter(({ length }) => length > 1)
    const attempts = troubles.reduce((sum, { attempts }) => sum + attempts, 0)
    const accepted = troubles.reduce((sum, { accepted }) => sum + accepted, 0)
    process.stderr.write(
      `crash test, seed ${seed}: ${accepted} events accepted in ${attempts} attempts, ${messages.length} messages, ` +
        `${twice.length} of them delivered twice by one notification, ${repeated.length} pages told twice on one channel\n`,
    )
    // At least once is the promise; what a kill repeats is what was in the hands of a carrier at that moment.
    expect(twice.length + repeated.length).toBeLessThanOrEqual(INCIDENTS / 4)
  })
})

async function killWhileAnswering(): Promise<void> {
  const total = answersNeeded(troubles)
  for (let kill = 0; kill < KILLS.answering; kill++) {
    const point = Math.min(answers + random.between(1, total / KILLS.answering), total)
    await until(() => answers >= point)
    await product.kill()
    product.launch()
  }
}

async function killWhileEscalating(): Promise<void> {
  for (let kill = 0; kill < KILLS.escalating; kill++) {
    const moment = Date.now() + random.between(0, TIMEOUT_MS / KILLS.escalating)
    await until(() => Date.now() >= moment)
    await product.kill()
    if (kill < KILLS.escalating - 1) product.launch()
  }
}

/** To the millisecond, and for as long as the product lives. */
async function until(condition: () => boolean): Promise<void> {
  const reached = () => {
    product.check()
    return condition()
  }
  await vi.waitUntil(reached, { timeout: 70_000, interval: 1 })
}

/** Asks the alert source's own object. */
function ask<Answer>(method: string): Promise<Answer> {
  if (!lastLife) throw new Error('The last life has not begun')
  return callObject(lastLife.miniflare, 'ALERT_SOURCE', String(source.id), method)
}

async function pages(): Promise<Delivered[]> {
  if (!lastLife) throw new Error('The last life has not begun')
  return delivered(lastLife.miniflare)
}

/** Those of which this person was sent nothing, by themselves or together with others, as their own timelines say. */
async function untold(references: (string | undefined)[], firstName: string): Promise<(string | undefined)[]> {
  const told = new RegExp(`^SMS to ${firstName} .* sent through`)
  const all = await Promise.all(
    references.map(async (reference) => {
      const entries = await rest.get<LogEntry[]>(`/incidents/${reference}/log-entries?max-results=100`)
      return entries.some(({ text }) => told.test(text)) ? [] : [reference]
    }),
  )
  return all.flat()
}

function referenceIn({ incidentId }: Delivered): string {
  return incidentReference(source.shortName, incidentNumber(incidentId ?? 0).number)
}

/** Ids of notifications are incident-user-page-step. */
function pageOf(notificationId: string | null): string {
  return notificationId?.slice(0, notificationId.lastIndexOf('-')) ?? ''
}

import { Refused, type Rest } from '../../scripts/rest.ts'
import type { Random } from './random.ts'

/** Between two tries of a sender. Real tools wait longer, and meet the same server. */
const RETRY_MS = 400

/** One problem out there: a tool reports it until the report is accepted, and perhaps somebody answers it. */
export interface Trouble {
  summary: string
  /** Null: its events carry an Idempotency-Key instead. */
  key: string | null
  /** When its events are first sent, in milliseconds from the beginning; a key lets a tool repeat itself. */
  reportedAt: number[]
  /** When somebody accepts the incident; null: nobody does. */
  acceptAt: number | null

  /** What became of it. */
  attempts: number
  accepted: number
  /** Of the incident, as the answers named it. */
  references: Set<string>
  /** When the answer to the accept came: from then on nobody may be paged. */
  answeredAt: number | null
}

/** How many answers of the server it takes. */
export function answersNeeded(troubles: Trouble[]): number {
  return troubles.reduce((sum, { reportedAt, acceptAt }) => sum + reportedAt.length + (acceptAt === null ? 0 : 1), 0)
}

export function inventTroubles(random: Random, count: number, window: number): Trouble[] {
  return Array.from({ length: count }, (_, index): Trouble => {
    const key = random.chance(0.5) ? `trouble-${index}` : null
    const first = random.between(0, window)
    const repeats = key !== null && random.chance(0.3) ? [random.between(first, window)] : []
    return {
      summary: `Trouble ${index}`,
      key,
      reportedAt: [first, ...repeats],
      acceptAt: random.chance(0.5) ? random.between(first, window) : null,
      attempts: 0,
      accepted: 0,
      references: new Set(),
      answeredAt: null,
    }
  })
}

/**
 * Lets it all happen. Ends when every event has been accepted and every answer has been heard.
 *
 * @param onAnswer called for each answer of the server that says that something was done
 */
export async function happen(
  troubles: Trouble[],
  rest: Rest,
  integrationKey: string,
  onAnswer: () => void,
): Promise<void> {
  const start = Date.now()
  await Promise.all(
    troubles.map(async (trouble) => {
      const { acceptAt } = trouble
      const reported = trouble.reportedAt.map((at) => {
        return after(start + at)
          .then(() => report(trouble, rest, integrationKey))
          .then(onAnswer)
      })
      await Promise.race(reported)
      if (acceptAt !== null)
        await after(start + acceptAt)
          .then(() => accept(trouble, rest))
          .then(onAnswer)
      await Promise.all(reported)
    }),
  )
}

async function report(trouble: Trouble, rest: Rest, integrationKey: string): Promise<void> {
  const { summary, key } = trouble
  const event = { integrationKey, eventType: 'ALERT', summary, alertKey: key }
  const headers: Record<string, string> = key === null ? { 'Idempotency-Key': summary } : {}
  const { incidentUrl } = await insist(async () => {
    trouble.attempts++
    const response = await rest.send('POST', '/api/events', event, headers)
    if (response.status !== 202) throw new Error(`The event was answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as { incidentUrl: string | null }
  })
  trouble.accepted++
  // Without an address it waits in a queue; the list of incidents will tell.
  if (incidentUrl) trouble.references.add(incidentUrl.slice(incidentUrl.lastIndexOf('/') + 1))
}

async function accept(trouble: Trouble, rest: Rest): Promise<void> {
  const [reference] = trouble.references
  if (!reference) return
  await insist(() =>
    rest.put(`/incidents/${reference}/accept`).catch((error: unknown) => {
      // The answer to an earlier try was lost.
      if (!(error instanceof Refused && error.code === 'ALREADY_ACCEPTED')) throw error
    }),
  )
  trouble.answeredAt = Date.now()
}

/** Tries until it works, as tools do whose server is down. A refusal would be the same the next time, so it is thrown. */
async function insist<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof Refused && error.status < 500) throw error
      await after(Date.now() + RETRY_MS)
    }
  }
}

function after(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, time - Date.now())))
}

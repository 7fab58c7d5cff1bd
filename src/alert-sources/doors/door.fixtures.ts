import type { Env } from '../../env.ts'
import type { Delivery } from '../delivery.ts'
import type { InboundEvent } from '../event.ts'
import { integrationKey } from '../integration-key.ts'
import type { KeptResult, Received } from '../receive.ts'

const SECRET = 'a secret of the tests, long enough to be taken'

/** An alert source behind a door, which answers what the test says and remembers what it was given. */
export class FakeSource {
  readonly deliveries: Delivery[] = []
  readonly key: string
  #answer: (events: InboundEvent[]) => Received = (events) => opened(events)

  static async make(): Promise<FakeSource> {
    return new FakeSource(await integrationKey(SECRET, 5, 1))
  }

  private constructor(key: string) {
    this.key = key
  }

  /** What it answers from now on. Throwing: it can't be reached, and neither can the queue. */
  answers(answer: Received | ((events: InboundEvent[]) => Received)): void {
    this.#answer = typeof answer === 'function' ? answer : () => answer
  }

  /** One outcome for each event. */
  results(...outcomes: KeptResult['outcome'][]): void {
    this.answers((events) => ({
      taken: true,
      results: events.map(({ key }, index) => resultOf(outcomes[index] ?? 'appended', key)),
      ignored: null,
    }))
  }

  get env(): Env {
    const receive = async (delivery: Delivery): Promise<Received> => {
      const answer = this.#answer(delivery.way === 'events' ? delivery.events : [])
      this.deliveries.push(delivery)
      return answer
    }
    const fake = {
      SECRET,
      PUBLIC_URL: 'https://tocsin.example.com',
      ALERT_SOURCE: { getByName: () => ({ receive }) },
      EVENTS: { sendBatch: () => Promise.reject(new Error('the queue is away')) },
    }
    return fake as unknown as Env
  }

  /** Of the last delivery. */
  get events(): InboundEvent[] {
    const last = this.deliveries.at(-1)
    return last?.way === 'events' ? last.events : []
  }
}

/** What the source answers where more came than it takes. */
export const TOO_MANY: Received = { taken: false, refusal: 'rate', retryAfterSeconds: 20, eventsPerMinute: 50 }

export function unreachable(): Received {
  throw new Error('the object is away')
}

function opened(events: InboundEvent[]): Received {
  return { taken: true, results: events.map(({ key }) => resultOf('opened', key)), ignored: null }
}

function resultOf(outcome: KeptResult['outcome'], key: string | null): KeptResult {
  switch (outcome) {
    case 'dropped':
    case 'suppressed':
      return { outcome, incident: null, key, reason: 'the rule “Nights” drops it' }
    case 'no-open-incident':
    case 'queued':
      return { outcome, incident: null, key }
    default:
      return { outcome, incident: { id: 5 * 2 ** 32 + 42, reference: 'PROM-42' }, key }
  }
}

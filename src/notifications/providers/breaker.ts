/**
 * Which providers are in trouble, so that a page does not wait for one that failed the last three before it. One of those
 * is tried after the others for a minute, and never left out: a provider that may work beats none.
 *
 * In memory: each isolate finds out for itself, at the price of three waits, and nothing has to be asked before a page.
 */
export class Breaker {
  readonly #troubles = new Map<string, { faults: number; until: number }>()

  /** In their order, those in trouble last. */
  order<Provider extends { name: string }>(providers: Provider[], now: number): Provider[] {
    const inTrouble = ({ name }: Provider) => {
      const trouble = this.#troubles.get(name)
      return trouble !== undefined && trouble.faults >= FAULTS && trouble.until > now
    }
    return [...providers.filter((each) => !inTrouble(each)), ...providers.filter(inTrouble)]
  }

  /** What came of a message. That one message was refused for good says nothing against its carrier. */
  note(provider: string, result: { sent: boolean; permanent?: boolean }, now: number): void {
    if (result.sent) this.#troubles.delete(provider)
    else if (!result.permanent) {
      const faults = (this.#troubles.get(provider)?.faults ?? 0) + 1
      this.#troubles.set(provider, { faults, until: now + PAUSE_MS })
    }
  }
}

const FAULTS = 3
const PAUSE_MS = 60_000

/**
 * Each sender is answered a few times in ten minutes and then no more: a machine that answers our answers falls silent when
 * it gets none. In memory: each isolate counts for itself, so a loop may take a few answers more to end, and ends.
 */
export class AnswerLimit {
  /** When each sender was answered lately; those whose last answer is the oldest come first. */
  readonly #answeredAt = new Map<string, number[]>()

  /** Whether `sender` may be answered now; if so, it counts as done. */
  take(sender: string, now: number): boolean {
    const lately = (this.#answeredAt.get(sender) ?? []).filter((at) => at > now - WINDOW_MS)
    if (lately.length >= ANSWERS) return false
    this.#answeredAt.delete(sender)
    this.#answeredAt.set(sender, [...lately, now])
    const [oldest] = this.#answeredAt.keys()
    if (this.#answeredAt.size > SENDERS && oldest !== undefined) this.#answeredAt.delete(oldest)
    return true
  }

  /** The sender did something real: a person, who counts anew. */
  reset(sender: string): void {
    this.#answeredAt.delete(sender)
  }
}

const WINDOW_MS = 600_000
const ANSWERS = 5
const SENDERS = 1_000

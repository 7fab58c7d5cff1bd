import { log } from '../../src/log.ts'

/** A configuration older than this is asked for again behind an event that needed it; the push normally comes first. */
const STALE_AFTER_MS = 10 * 60_000

/**
 * Keeps an object's copy of its configuration fresh without ever waiting for it, once there is one: paging survives D1.
 */
export class Refresh<Config> {
  readonly #options: {
    load: () => Promise<Config | null>
    keep: (config: Config) => void
    waitUntil: (promise: Promise<void>) => void
  }
  #freshUntil = 0

  constructor(options: {
    load: () => Promise<Config | null>
    keep: (config: Config) => void
    waitUntil: (promise: Promise<void>) => void
  }) {
    this.#options = options
  }

  /** The configuration was pushed just now. */
  done(): void {
    this.#freshUntil = Date.now() + STALE_AFTER_MS
  }

  /**
   * The known configuration at once, refreshed in the background when stale. Only an object that knows none waits for
   * D1; null when D1 has none either. Throws when D1 fails and nothing is known.
   */
  async current(known: Config | null): Promise<Config | null> {
    if (known) {
      if (Date.now() >= this.#freshUntil) {
        this.done()
        this.#options.waitUntil(this.#reload())
      }
      return known
    }
    const loaded = await this.#options.load()
    if (loaded) {
      this.done()
      this.#options.keep(loaded)
    }
    return loaded
  }

  async #reload(): Promise<void> {
    try {
      const loaded = await this.#options.load()
      if (loaded) this.#options.keep(loaded)
    } catch (error) {
      log.warn('configuration not refreshed, going on with the last one', { error })
    }
  }
}

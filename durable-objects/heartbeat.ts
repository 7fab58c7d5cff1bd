import type { LooseEvent } from '../src/alert-sources/bounded-event.ts'
import type { HeartbeatSettings, HeartbeatView, PastPing, Ping } from '../src/alert-sources/heartbeats/heartbeat.ts'
import { lastFailureBody, withPing } from '../src/alert-sources/heartbeats/history.ts'
import { owedEvent } from '../src/alert-sources/heartbeats/report.ts'
import {
  paused,
  pinged,
  reported,
  resumed,
  settingsChanged,
  stateOf,
  timePassed,
  UNWATCHED,
  type Watch,
} from '../src/alert-sources/heartbeats/watch.ts'

interface Kept {
  watch: Watch
  /** Newest first. */
  pings: PastPing[]
}

/**
 * The heartbeat of an alert source, in one value: a ping writes one row.
 *
 * Its events are handed out by `ping` and `onDue`, and handed out again until `reported` says that the source has taken
 * them: an alert survives a fault, and a time in which the source must be quiet. Twice is no harm, for all of them have
 * one key.
 */
export class Heartbeat {
  readonly #storage: DurableObjectStorage
  #kept: Kept | null = null
  /** When the owed event was handed out; it may be on its way. Null: not in this life of the object. */
  #handedOutAt: number | null = null
  /** Null: it need not be quiet. */
  #quietUntil: number | null = null

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
  }

  /** When `onDue` has something to do. A ping only moves it to later times, so no alarm is set anew for one. */
  nextDue(): number | null {
    const { owed, late, dueAt } = this.#read().watch
    const due = owed ? (this.#handedOutAt ?? 0) + HAND_OUT_AGAIN_MS : late ? null : dueAt
    if (due === null || this.#quietUntil === null || owed === 'RESOLVE') return due
    return this.#quietUntil === Number.POSITIVE_INFINITY ? null : Math.max(due, this.#quietUntil)
  }

  /**
   * Keeps a ping. Answers the event that it makes due.
   *
   * @param quiet the source is switched off or in maintenance: an alert waits for `onDue`; a resolve does not wait
   */
  ping(ping: Ping, settings: HeartbeatSettings, name: string, quiet = false): LooseEvent | null {
    const before = this.#read()
    const { watch, durationMs } = pinged(before.watch, ping, settings)
    this.#keep({ watch, pings: withPing(before.pings, ping, durationMs) })
    if (ping.kind === 'start' || ping.kind === 'log') return null
    this.#handedOutAt = null
    return quiet && watch.owed === 'ALERT' ? null : this.#handOut(settings, name, ping.at)
  }

  /**
   * Answers the event that is due by `now`: of a heartbeat that is late, or one that was not `reported` yet.
   *
   * @param quietUntil the source is switched off (infinity) or in maintenance until then: an alert waits, a resolve does
   * not
   */
  onDue(settings: HeartbeatSettings, name: string, now: number, quietUntil: number | null = null): LooseEvent | null {
    this.#quietUntil = quietUntil
    if (quietUntil === null || quietUntil <= now) {
      const kept = this.#read()
      const watch = timePassed(kept.watch, settings, now)
      if (watch !== kept.watch) {
        this.#keep({ ...kept, watch })
        this.#handedOutAt = null
      }
    } else if (this.#read().watch.owed !== 'RESOLVE') return null
    if (this.#handedOutAt !== null && now < this.#handedOutAt + HAND_OUT_AGAIN_MS) return null
    return this.#handOut(settings, name, now)
  }

  /** The source has taken the event, whatever became of it. Another may be due at once. */
  reported(event: LooseEvent): void {
    if (event.type === 'ALERT' || event.type === 'RESOLVE') this.#change(reported(this.#read().watch, event.type))
    this.#handedOutAt = null
  }

  /**
   * To be told of every configuration, also where only the maintenance windows changed.
   *
   * @param settings null: the source is no heartbeat, or not at the time
   * @param active whether the source is switched on
   */
  settingsChanged(settings: HeartbeatSettings | null, now: number, active: boolean): void {
    this.#quietUntil = null
    const { watch } = this.#read()
    if (settings && active) this.#change(resumed(settingsChanged(watch, settings, now), settings, now))
    // Of a source that never was a heartbeat nothing is kept.
    else if (settings || watch !== UNWATCHED) this.#change(paused(watch))
  }

  view(now: number): HeartbeatView {
    const { watch, pings } = this.#read()
    const { lastPingAt, dueAt, runs } = watch
    return { state: stateOf(watch, now), lastPingAt, dueAt, runningSince: runs[0]?.startedAt ?? null, pings }
  }

  /** What is in memory goes with what is stored. */
  forget(): void {
    this.#kept = null
  }

  #handOut(settings: HeartbeatSettings, name: string, now: number): LooseEvent | null {
    const { watch, pings } = this.#read()
    const event = owedEvent(watch, settings, name, lastFailureBody(pings))
    this.#handedOutAt = event && now
    return event
  }

  #change(watch: Watch): void {
    const kept = this.#read()
    if (watch !== kept.watch) this.#keep({ ...kept, watch })
  }

  #read(): Kept {
    this.#kept ??= this.#storage.kv.get<Kept>(KEY) ?? { watch: UNWATCHED, pings: [] }
    return this.#kept
  }

  #keep(kept: Kept): void {
    this.#kept = kept
    this.#storage.kv.put(KEY, kept)
  }
}

const KEY = 'heartbeat'
/** For an event that was handed out and not reported: its taking failed, or is slow. */
const HAND_OUT_AGAIN_MS = 5_000

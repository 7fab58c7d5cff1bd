import { askIncident } from '../src/ask-incident.ts'
import type { Env } from '../src/env.ts'
import { CONNECTIONS, inParallel } from '../src/in-parallel.ts'
import type { Actor } from '../src/incidents/model.ts'
import { log } from '../src/log.ts'
import type { ActOnAll } from '../src/notifications/answers.ts'

/** So many are done before the person hears how it went, and in each round after that. */
const AT_ONCE = 50
/** A round that takes longer has died; accepting or resolving twice is the same as once. */
const LEASE_MS = 30_000
const RETRY_MS = 5_000

const KEY = 'answers to many'

interface PendingAnswers {
  dueAt: number
  /** One for each answer, the oldest first. */
  answers: { act: ActOnAll; actor: Actor; incidentIds: number[]; givenAt: number }[]
}

/** After that an answer could do what nobody wants any more: what could not hear it by then goes on asking. */
const GOOD_FOR_MS = 15 * 60_000

/** Answers that were meant for many incidents: written down before the first is asked, so that none is lost on the way. */
export class PagerAnswers {
  readonly #storage: DurableObjectStorage
  readonly #env: Env
  /** Called in the transaction that changed the due time. */
  readonly #arm: () => void

  constructor(storage: DurableObjectStorage, env: Env, arm: () => void) {
    this.#storage = storage
    this.#env = env
    this.#arm = arm
  }

  /** Keeps the answer, and does the first of it at once. */
  async answer(act: ActOnAll, actor: Actor, incidentIds: number[]) {
    const { answers } = this.#pending
    this.#save({
      dueAt: Date.now() + LEASE_MS,
      answers: [...answers, { act, actor, incidentIds, givenAt: Date.now() }],
    })
    const results = await this.#ask(act, actor, incidentIds.slice(0, AT_ONCE))
    const failed = results.filter((outcome) => outcome === null).length
    const later = failed + incidentIds.length - results.length
    if (later > 0) this.#save({ ...this.#pending, dueAt: Date.now() + (failed > 0 ? RETRY_MS : 0) })
    const done = results.filter((outcome) => outcome === 'done').length
    return { done, others: incidentIds.length - later - done, later }
  }

  nextDue(): number | null {
    const { answers, dueAt } = this.#pending
    return answers.length > 0 ? dueAt : null
  }

  /** A round of what is left; a bounded one, because pages wait for the same alarm. */
  async workOff(now: number): Promise<void> {
    const { answers, dueAt } = this.#pending
    const first = answers[0]
    if (!first || dueAt > now) return
    if (now - first.givenAt > GOOD_FOR_MS) {
      log.error('answer given up: incidents could not be asked', {
        act: first.act,
        incidents: first.incidentIds.length,
      })
      return this.#save({ dueAt: now, answers: answers.slice(1) })
    }
    this.#save({ answers, dueAt: now + LEASE_MS })
    const results = await this.#ask(first.act, first.actor, first.incidentIds.slice(0, AT_ONCE))
    this.#save({ ...this.#pending, dueAt: Date.now() + (results.includes(null) ? RETRY_MS : 0) })
  }

  /** What became of each; null: it could not be asked, and stays. */
  async #ask(act: ActOnAll, actor: Actor, incidentIds: number[]): Promise<(string | null)[]> {
    const results = await inParallel(incidentIds, CONNECTIONS, async (incidentId) => {
      try {
        return (await askIncident(this.#env, incidentId, { type: act }, actor)).outcome
      } catch (error) {
        log.warn('answer not given to the incident yet, will try again', { incidentId, act, error })
        return null
      }
    })
    this.#remove(act, incidentIds, new Set(incidentIds.filter((_, index) => results[index] === null)))
    return results
  }

  /** Takes out what the incidents have heard; what failed goes behind the others. All answers here are one person's. */
  #remove(act: ActOnAll, tried: number[], failed: Set<number>): void {
    const { dueAt, answers } = this.#pending
    const answersLeft = answers.map((answer) => {
      if (answer.act !== act) return answer
      const untried = answer.incidentIds.filter((id) => !tried.includes(id))
      return { ...answer, incidentIds: [...untried, ...answer.incidentIds.filter((id) => failed.has(id))] }
    })
    this.#save({ dueAt, answers: answersLeft.filter(({ incidentIds }) => incidentIds.length > 0) })
  }

  get #pending(): PendingAnswers {
    return this.#storage.kv.get<PendingAnswers>(KEY) ?? { dueAt: 0, answers: [] }
  }

  #save(pending: PendingAnswers): void {
    if (pending.answers.length > 0) this.#storage.kv.put(KEY, pending)
    else this.#storage.kv.delete(KEY)
    this.#arm()
  }
}

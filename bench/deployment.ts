import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type LocalServer, startLocalServer } from '../scripts/local-server.ts'
import { Rest } from '../scripts/rest.ts'
import { setUp } from '../scripts/set-up.ts'
import type { AlertSource } from '../src/api/schemas/alert-source.ts'
import { type Delivered, delivered } from '../tests/product/objects.ts'
import { freePort } from '../tests/product/port.ts'
import { createPerson } from '../tests/product/team.ts'
import { type Load, post } from './load.ts'

const ADMINISTRATOR = {
  firstName: 'Ada',
  lastName: 'Example',
  email: 'ada@example.com',
  password: 'measured, not guessed',
}
const LOOK_EVERY_MS = 200

/** A fresh deployment to measure: the production-like local server, its state in a folder of its own. */
export class Deployment {
  readonly server: LocalServer
  readonly rest: Rest
  readonly #stateDir: string

  private constructor(server: LocalServer, rest: Rest, stateDir: string) {
    this.server = server
    this.rest = rest
    this.#stateDir = stateDir
  }

  /** @param directory where its state is kept while it is measured */
  static async start(directory: string): Promise<Deployment> {
    await mkdir(directory, { recursive: true })
    const stateDir = await mkdtemp(join(directory, 'tocsin-bench-'))
    const server = await startLocalServer({ stateDir, port: await freePort(), bindings: { DEMO: '1' } })
    const apiKey = await setUp(server.url, server.setupSecret, ADMINISTRATOR, 'Bench')
    return new Deployment(server, Rest.withKey(server.url, apiKey), stateDir)
  }

  async end(): Promise<void> {
    await this.server.dispose()
    await rm(this.#stateDir, { recursive: true, force: true })
  }

  /** People who get one SMS at once for each page. */
  async people(count: number): Promise<number[]> {
    const ids: number[] = []
    for (let number = 1; number <= count; number++) {
      ids.push(await createPerson(this.rest, `Person${number}`, number, [{ method: 'SMS', delayMs: 0 }]))
    }
    return ids
  }

  /** Sends so many events, taking turns among those given. All of them must be accepted. */
  send(amount: number, connections: number, events: object[]): Promise<Load> {
    const bodies = events.map((event) => JSON.stringify(event))
    return post(`${this.server.url}/api/events`, bodies, amount, connections)
  }

  delivered(): Promise<Delivered[]> {
    return delivered(this.server.miniflare)
  }

  /** Waits until so many messages are out. Looks seldom, because looking takes its share of the machine. */
  async untilDelivered(count: number, withinMs: number): Promise<Delivered[]> {
    const deadline = Date.now() + withinMs
    for (;;) {
      const messages = await this.delivered()
      if (messages.length >= count) return messages
      if (Date.now() > deadline) throw new Error(`After ${withinMs} ms ${messages.length} of ${count} messages are out`)
      await new Promise((again) => setTimeout(again, LOOK_EVERY_MS))
    }
  }
}

/** An event that opens an incident of its own each time, or with a key one that repeats itself. */
export function alertOf(source: AlertSource, alertKey?: string): object {
  return {
    integrationKey: source.integrationKey,
    eventType: 'ALERT',
    summary: 'p99 latency of the checkout is over 2 s',
    details: 'eu-central, 3 of 12 instances. Since the deployment of 14:02.',
    ...(alertKey && { alertKey }),
  }
}

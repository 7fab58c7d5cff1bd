import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Demo } from '../../scripts/demo.ts'
import { Rest } from '../../scripts/rest.ts'
import { freePort, portIsFree } from './port.ts'

const REPOSITORY = join(import.meta.dirname, '../..')

/** The last words of a start: by then the demo organisation is there, or the link with which one begins. */
const READY = /Open an incident|Create the first administrator: \S+\n/

/**
 * The product as a newcomer runs it: `npm start` in a process of its own, with the demo organisation, on a port and a state
 * folder that nobody else has. The build is made by the first start and found by later ones.
 */
export class Product {
  readonly port: number
  readonly stateDir: string
  #process: ChildProcess | undefined
  #output = ''
  #ready = Promise.resolve()
  readonly #demo: boolean

  private constructor(port: number, stateDir: string, demo: boolean) {
    this.port = port
    this.stateDir = stateDir
    this.#demo = demo
  }

  /** @param demo false: empty, waiting for its first administrator */
  static async start({ demo = true } = {}): Promise<Product> {
    const product = new Product(await freePort(), await mkdtemp(join(tmpdir(), 'tocsin-')), demo)
    try {
      await product.restart()
    } catch (error) {
      await product.remove()
      throw error
    }
    return product
  }

  get url(): string {
    return `http://localhost:${this.port}`
  }

  /** Addresses and credentials of the demo organisation. */
  async demo(): Promise<Demo> {
    return JSON.parse(await readFile(join(this.stateDir, 'demo.json'), 'utf8'))
  }

  /** The REST API as the demo's administrator. */
  async rest(): Promise<Rest> {
    return Rest.withKey(this.url, (await this.demo()).apiKey)
  }

  /** Starts it again on the same state, after `kill` or `stop`. */
  async restart(): Promise<void> {
    this.launch()
    await this.#ready
  }

  /** The same without waiting until it is ready; it may be killed at any moment from here on. */
  launch(): void {
    this.#output = ''
    const started = spawn(process.execPath, ['scripts/start.ts'], {
      cwd: REPOSITORY,
      env: { ...process.env, PORT: String(this.port), STATE_DIR: this.stateDir, DEMO: this.#demo ? '1' : '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that it can be killed with all that it started.
      detached: true,
    })
    this.#process = started
    this.#ready = new Promise<void>((ready, failed) => {
      const read = (text: Buffer) => {
        this.#output += text
        if (READY.test(this.#output)) ready()
      }
      started.stdout.on('data', read)
      started.stderr.on('data', read)
      started.once('error', failed)
      started.once('exit', (code) => failed(new Error(`The product ended with ${code}:\n${this.#output}`)))
    })
    // Who kills it on purpose does not wait for it.
    this.#ready.catch(() => {})
  }

  /** Throws what it said at its end when it ended by itself. */
  check(): void {
    const code = this.#process?.exitCode ?? null
    if (code !== null) throw new Error(`The product ended with ${code}:\n${this.#output}`)
  }

  /** SIGKILL to the whole process group, the Workers runtime included: nothing gets to say goodbye. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Ends it as Ctrl-C does. */
  async stop(): Promise<void> {
    await this.#end('SIGINT')
  }

  /** Ends it and removes its state. */
  async remove(): Promise<void> {
    await this.kill()
    await rm(this.stateDir, { recursive: true, force: true })
  }

  /** What it printed since its last start. */
  get output(): string {
    return this.#output
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const running = this.#process
    this.#process = undefined
    if (running?.pid === undefined) return
    if (running.exitCode === null && running.signalCode === null) {
      const exited = once(running, 'exit')
      process.kill(-running.pid, signal)
      await exited
    }
    await portIsFree(this.port)
  }
}

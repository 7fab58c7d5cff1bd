import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../product/port.ts'

const READY_WITHIN_MS = 20_000

/** An alert as Prometheus pushes it. */
export interface PushedAlert {
  labels: Record<string, string>
  annotations: Record<string, string>
  /** It is over from then on. */
  endsAt?: string
}

/** Prometheus Alertmanager in a process of its own, with a configuration and a state that nobody else has. */
export class Alertmanager {
  readonly #process: ChildProcess
  readonly #folder: string
  readonly #url: string
  #output = ''

  static async start(program: string, configuration: string): Promise<Alertmanager> {
    const folder = await mkdtemp(join(tmpdir(), 'alertmanager-'))
    const file = join(folder, 'alertmanager.yml')
    await writeFile(file, configuration)
    const alertmanager = new Alertmanager(program, folder, file, await freePort())
    try {
      await alertmanager.#isReady()
    } catch (error) {
      await alertmanager.stop()
      throw error
    }
    return alertmanager
  }

  private constructor(program: string, folder: string, file: string, port: number) {
    this.#folder = folder
    this.#url = `http://127.0.0.1:${port}`
    const flags = {
      'config.file': file,
      'storage.path': join(folder, 'data'),
      'web.listen-address': `127.0.0.1:${port}`,
      // Alone: no port for others of its kind.
      'cluster.listen-address': '',
    }
    const given = Object.entries(flags).map(([name, value]) => `--${name}=${value}`)
    this.#process = spawn(program, given, { stdio: ['ignore', 'pipe', 'pipe'] })
    const read = (text: Buffer) => {
      this.#output += text
    }
    this.#process.stdout?.on('data', read)
    this.#process.stderr?.on('data', read)
  }

  async push(alerts: PushedAlert[]): Promise<void> {
    const response = await fetch(`${this.#url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(alerts),
    })
    if (!response.ok) throw new Error(`Alertmanager answered ${response.status}: ${await response.text()}`)
  }

  /** Its own count, by integration, such as `alertmanager_notifications_total`. */
  async counts(metric: string): Promise<Map<string, number>> {
    const text = await (await fetch(`${this.#url}/metrics`)).text()
    const counts = new Map<string, number>()
    for (const [, name, labels = '', value] of text.matchAll(/^(\w+)\{([^}]*)\} (\S+)$/gm)) {
      const integration = /integration="(\w+)"/.exec(labels)?.[1]
      if (name === metric && integration) counts.set(integration, (counts.get(integration) ?? 0) + Number(value))
    }
    return counts
  }

  /** What it wrote, for a test that fails. */
  get output(): string {
    return this.#output
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exited = once(this.#process, 'exit')
      this.#process.kill('SIGKILL')
      await exited
    }
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #isReady(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS
    for (;;) {
      if (this.#process.exitCode !== null) throw new Error(`Alertmanager ended:\n${this.#output}`)
      const ready = await fetch(`${this.#url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
      if (ready) return
      if (Date.now() > deadline) throw new Error(`Alertmanager is not ready:\n${this.#output}`)
      await new Promise((again) => setTimeout(again, 50))
    }
  }
}

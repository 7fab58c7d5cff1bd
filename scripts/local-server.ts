import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type MiniflareOptions } from 'miniflare'
import { repository } from './build-worker.ts'
import { fireCronTriggers } from './cron-triggers.ts'
import { applyMigrations } from './d1-migrations.ts'
import { localSecrets } from './local-secrets.ts'
import { printLog } from './worker-logs.ts'
import { readWranglerConfig, workerOptions } from './worker-options.ts'
import { endWorkerdWithThisProcess } from './workerd-guard.ts'

interface LocalServerOptions {
  /** Where databases, objects with their alarms, and secrets are kept. Relative to the working directory. */
  stateDir: string
  port?: number
  /** Bound on top of the variables of `wrangler.toml` and of what every local server is given. */
  bindings?: Record<string, string>
  /** The folder with `wrangler.toml`, `migrations/` and `dist/`. */
  root?: string
  /** What is printed of the Worker's own logging. */
  logs?: 'errors' | 'all'
}

export interface LocalServer {
  url: string
  setupSecret: string
  miniflare: Miniflare
  /** Takes up a new build; the state stays. */
  reload(): Promise<void>
  dispose(): Promise<void>
}

/**
 * Runs the built Worker in workerd, Cloudflare's runtime, with state that outlives the process: rows and alarms do, what
 * waits in a queue does not. Throws a MiniflareCoreError with the code ERR_ADDRESS_IN_USE when the port is taken.
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { port = 8787, bindings, root = repository, logs = 'errors' } = options
  const stateDir = resolve(options.stateDir)
  const url = `http://localhost:${port}`
  const config = readWranglerConfig(root)
  await mkdir(stateDir, { recursive: true, mode: 0o700 })
  const secrets = await localSecrets(stateDir)

  const miniflareOptions = async (): Promise<MiniflareOptions> => {
    const worker = await workerOptions(root, config)
    return convertV4MiniflareOptions({
      port,
      // Where `wrangler --local --persist-to <stateDir>` would keep it, so that its commands read the same state.
      resourcePersistencePath: join(stateDir, 'v3'),
      // Otherwise Miniflare asks Cloudflare for a sample of the `cf` object at each start.
      cf: false,
      // Mails come in at POST /cdn-cgi/local/email?from=&to= here.
      unsafeTriggerHandlers: true,
      logRequests: false,
      log: new Log(LogLevel.ERROR),
      // Otherwise workerd is silent about uncaught exceptions.
      verbose: true,
      handleStructuredLogs: (log) => printLog(log, logs),
      workers: [
        {
          ...worker,
          bindings: { ...worker.bindings, SANDBOX: '1', PUBLIC_URL: url, ...carriers(), ...secrets, ...bindings },
        },
      ],
    })
  }

  endWorkerdWithThisProcess()
  const miniflare = new Miniflare(await miniflareOptions())
  try {
    await miniflare.ready
    await applyMigrations(root, config, miniflare)
  } catch (error) {
    await miniflare.dispose()
    throw error
  }
  const stopCrons = fireCronTriggers(config.triggers.crons ?? [], miniflare)
  return {
    url,
    setupSecret: secrets.SETUP_SECRET,
    miniflare,
    reload: async () => miniflare.setOptions(await miniflareOptions()),
    dispose: () => {
      stopCrons()
      return miniflare.dispose()
    },
  }
}

/** What this process's environment has for carriers: `RESEND_API_KEY=… MAIL_FROM=… npm start` sends real mails. */
function carriers(): Record<string, string> {
  const given = Object.entries(process.env).filter(([name]) =>
    /^(TWILIO_|TELNYX_|RESEND_|TELEGRAM_|SMTP_URL$|PUSHOVER_|MAIL_FROM$|SMS_PER_|CALLS_PER_|PHONE_COUNTRIES$)/.test(
      name,
    ),
  )
  return Object.fromEntries(given.map(([name, value]) => [name, value ?? '']))
}

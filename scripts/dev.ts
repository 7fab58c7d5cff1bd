import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { context } from 'esbuild'
import { createServer } from 'vite'
import { dashboardConfig } from './build-dashboard.ts'
import { repository, workerBuildOptions } from './build-worker.ts'
import { type LocalServer, startLocalServer } from './local-server.ts'
import { readWranglerConfig } from './worker-options.ts'

// Vite serves the dashboard from its sources on PORT. What wrangler.toml gives to the Worker it passes on to the next port.
// People and links use the first address alone.
const port = Number(process.env.PORT ?? 8787)
const stateDir = resolve(process.env.STATE_DIR ?? '.tocsin')
const url = `http://localhost:${port}`
const demo = process.env.DEMO !== '0'

const { assets } = readWranglerConfig(repository)
if (assets?.directory) await mkdir(join(repository, assets.directory), { recursive: true })
const workerPaths = Array.isArray(assets?.run_worker_first) ? assets.run_worker_first : []

let server: LocalServer | undefined
const started = Promise.withResolvers<LocalServer>()
const options = workerBuildOptions()
const worker = await context({
  ...options,
  plugins: [...options.plugins, { name: 'reload', setup: ({ onEnd }) => onEnd(({ errors }) => takeUp(errors.length)) }],
})
const dashboard = await createServer({ ...dashboardConfig(), server: { port, strictPort: true, proxy: proxies() } })
process.once('SIGINT', stop)
process.once('SIGTERM', stop)

await worker.watch()
const { setupSecret } = await started.promise
await dashboard.listen()
console.log(`Tocsin runs on ${url} and follows changes. Its state is in ${stateDir}.`)
if (demo) {
  const { setUpDemo } = await import('./demo.ts')
  await setUpDemo({ url, stateDir, setupSecret })
}

/** esbuild has printed what is wrong with a build that failed; the Worker before it goes on. */
async function takeUp(errors: number): Promise<void> {
  if (errors > 0) return
  try {
    if (server) return await server.reload()
    server = await startLocalServer({
      port: port + 1,
      stateDir,
      bindings: { PUBLIC_URL: url, DEMO: demo ? '1' : '0' },
      logs: 'all',
    })
    started.resolve(server)
  } catch (error) {
    console.error(error)
  }
}

function proxies() {
  const target = { target: `http://localhost:${port + 1}`, ws: true }
  return Object.fromEntries(workerPaths.map((path) => [path.replace(/\*$/, ''), target]))
}

async function stop(): Promise<void> {
  await Promise.all([worker.dispose(), dashboard.close(), server?.dispose()])
  process.exit(0)
}

import { resolve } from 'node:path'
import { buildIfStale } from './build-if-stale.ts'
import { type LocalServer, startLocalServer } from './local-server.ts'
import { Rest } from './rest.ts'

const port = readPort(process.env.PORT ?? '8787')
const stateDir = resolve(process.env.STATE_DIR ?? '.tocsin')
const demo = process.env.DEMO !== '0'

await buildIfStale()
const server = await start()
process.once('SIGINT', stop)
process.once('SIGTERM', stop)

await untilItAnswers(server.url)
console.log(`Tocsin runs on ${server.url}, its state is in ${stateDir}.`)
if (demo) {
  const { setUpDemo } = await import('./demo.ts')
  await setUpDemo({ url: server.url, stateDir, setupSecret: server.setupSecret })
} else if ((await new Rest(server.url).get<{ needed: boolean }>('/setup')).needed) {
  console.log(`Create the first administrator: ${server.url}/setup?secret=${server.setupSecret}`)
}

async function start(): Promise<LocalServer> {
  try {
    return await startLocalServer({ port, stateDir, bindings: { DEMO: demo ? '1' : '0' } })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_ADDRESS_IN_USE')) throw error
    console.error(`Port ${port} is taken. Choose another with PORT, as in PORT=${port + 1} npm start.`)
    process.exit(1)
  }
}

async function stop(): Promise<void> {
  await server.dispose()
  process.exit(0)
}

/** The runtime listens before the Worker can answer. What the Worker says of its health is for its page to show. */
async function untilItAnswers(url: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const response = await fetch(`${url}/api/v1/health`)
    const body = await response.text()
    if (response.headers.get('content-type')?.startsWith('application/json')) return
    if (Date.now() > deadline) throw new Error(`${url}/api/v1/health answers ${response.status}: ${body}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}

function readPort(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0 && number < 65_536) return number
  console.error(`PORT must be a whole number from 1 to 65535, not "${text}".`)
  process.exit(1)
}

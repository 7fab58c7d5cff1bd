import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Waits until the port can be taken: a runtime may outlive the process that started it by a moment. */
export async function portIsFree(port: number): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await canListen(port))) {
    if (Date.now() > deadline) throw new Error(`Port ${port} is still taken`)
    await new Promise((again) => setTimeout(again, 10))
  }
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

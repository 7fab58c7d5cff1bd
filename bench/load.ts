import { Agent, request } from 'node:http'

export interface Load {
  /** When the first request was sent and the last one answered, in milliseconds since 1970. */
  from: number
  until: number
  /** Milliseconds of each answer. */
  latencies: number[]
}

/**
 * Posts so many bodies, taking turns among those given, as fast as that many connections are answered. Through node:http,
 * because the client takes its share of the machine, and fetch takes three times as much.
 */
export async function post(url: string, bodies: string[], amount: number, connections: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const latencies: number[] = []
  let next = 0
  const work = async () => {
    while (next < amount) {
      const body = bodies[next++ % bodies.length] as string
      const sentAt = performance.now()
      await postOne(url, agent, body)
      latencies.push(performance.now() - sentAt)
    }
  }
  const from = Date.now()
  await Promise.all(Array.from({ length: connections }, work))
  const until = Date.now()
  agent.destroy()
  return { from, until, latencies }
}

function postOne(url: string, agent: Agent, body: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
  return new Promise((answered, failed) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const { statusCode = 0 } = response
      response.resume()
      response.once('error', failed)
      response.once('end', () => (statusCode < 300 ? answered() : failed(new Error(`${url} answered ${statusCode}`))))
    })
    sent.once('error', failed)
    sent.end(body)
  })
}

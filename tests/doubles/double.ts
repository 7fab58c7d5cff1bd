import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ntfyAnswer } from './ntfy.ts'
import { pushServiceAnswer } from './push-service.ts'
import { pushoverAnswer } from './pushover.ts'
import { resendAnswer } from './resend.ts'
import { telegramAnswer } from './telegram.ts'
import { telnyxAnswer } from './telnyx.ts'
import { twilioAnswer } from './twilio.ts'

/** A request as a carrier gets it. */
export interface CarrierRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: string
  /** The same where it is no text. */
  bytes: Buffer
}

/** What the carrier says, and what it took; null: nothing. */
export interface CarrierAnswer {
  status: number
  body: object
  took: { account: string; message: Record<string, string> } | null
}

/**
 * The carriers' own servers, over real HTTP, refusing what they document to refuse. `GET /taken/<account>` tells what an
 * account has sent since it was last asked: each test has an account of its own.
 */
export async function startDouble(): Promise<{ url: string; stop: () => void }> {
  const taken = new Map<string, Record<string, string>[]>()
  const server = createServer(async (request, response) => {
    const read = await readRequest(request)
    const account = /^\/taken\/(.+)$/.exec(read.path)?.[1]
    if (account !== undefined) {
      response.end(JSON.stringify(taken.get(account) ?? []))
      taken.delete(account)
      return
    }
    const answer = outage(read) ??
      twilioAnswer(read) ??
      telnyxAnswer(read) ??
      resendAnswer(read) ??
      pushServiceAnswer(read) ??
      ntfyAnswer(read) ??
      pushoverAnswer(read) ??
      telegramAnswer(read) ?? { status: 404, body: {}, took: null }
    if (answer.took) taken.set(answer.took.account, [...(taken.get(answer.took.account) ?? []), answer.took.message])
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() }
}

/** Under `/down` every carrier has an outage, and says so at once. */
function outage({ path }: CarrierRequest): CarrierAnswer | null {
  return path.startsWith('/down/') ? { status: 503, body: {}, took: null } : null
}

async function readRequest(request: IncomingMessage): Promise<CarrierRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const)
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
    bytes: Buffer.concat(chunks),
  }
}

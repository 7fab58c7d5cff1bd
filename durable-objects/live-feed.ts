import { DurableObject } from 'cloudflare:workers'
import { Router } from 'itty-router'
import type { Env } from '../src/env.ts'
import type { LiveChange } from '../src/live.ts'

/** The platform takes 32,768 hibernating sockets an object; each change is sent to all of them. */
const MAX_SOCKETS = 10_000

/**
 * Fans changes out to open dashboards over hibernating WebSockets: an idle feed costs nothing. It keeps nothing; a
 * dashboard that reconnects refetches.
 */
export class LiveFeed extends DurableObject<Env> {
  readonly #router = Router().get('/ws', (request: Request) => this.#accept(request))

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /** The Worker has checked who asks. */
  override async fetch(request: Request): Promise<Response> {
    return (await this.#router.fetch(request)) ?? new Response('Not found', { status: 404 })
  }

  publish(change: LiveChange): void {
    const text = JSON.stringify(change)
    for (const socket of this.ctx.getWebSockets()) {
      try {
        socket.send(text)
      } catch {
        // It is closing; its dashboard reconnects and refetches.
      }
    }
  }

  override webSocketMessage(): void {
    // Dashboards only listen; their pings are answered without waking this object.
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    // 1005 and 1006 may not be sent (RFC 6455, 7.4.1).
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
  }

  #accept(request: Request): Response {
    if (request.headers.get('Upgrade')?.toLowerCase() !== 'websocket')
      return new Response('Expected a WebSocket', { status: 426 })
    if (this.ctx.getWebSockets().length >= MAX_SOCKETS) return new Response('Too many open dashboards', { status: 503 })
    const pair = new WebSocketPair()
    this.ctx.acceptWebSocket(pair[1])
    return new Response(null, { status: 101, webSocket: pair[0] })
  }
}

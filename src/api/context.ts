import type { Context as HonoContext } from 'hono'
import type { Env } from '../env.ts'
import type { Actor } from '../incidents/model.ts'

/** Who makes the request. */
export interface SignedIn {
  id: number
  name: string
  role: 'ADMIN' | 'USER'
  /** How they are known: by the dashboard's cookie or by an API key. */
  via: 'session' | 'api-key'
}

export interface ApiEnv {
  Bindings: Env
  Variables: { signedIn: SignedIn }
}

export type Context = HonoContext<ApiEnv>

/** The person, as incidents tell who did something. */
export function actorOf({ id, name, via }: SignedIn): Actor {
  return { type: 'user', userId: id, name, channel: via === 'session' ? 'web' : 'api' }
}

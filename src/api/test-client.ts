import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createApiKey } from '../directory/users/api-keys.ts'
import { sha256 } from '../secrets.ts'
import { app } from './app.ts'
import { randomToken } from './random-token.ts'
import type { Problem } from './schemas/common.ts'
import type { EscalationPolicy } from './schemas/escalation-policy.ts'
import type { User } from './schemas/user.ts'

export const ORIGIN = 'https://tocsin.example.com'
export const ADA = { firstName: 'Ada', lastName: 'Admin', email: 'ada@example.com', password: 'correct horse battery' }

/** An empty deployment. */
export async function emptyDeployment(): Promise<Client> {
  await reset()
  await applyD1Migrations(env.DB, env.MIGRATIONS)
  return new Client()
}

/** A deployment with its first administrator, who asks by API key. */
export async function deployment(): Promise<Client> {
  const nobody = await emptyDeployment()
  await nobody.post('/setup', { secret: env.SETUP_SECRET, organisation: 'Example', ...ADA })
  return clientOf(1)
}

/** Asks as this user, by an API key. */
export async function clientOf(userId: number): Promise<Client> {
  const key = `tocsin_${randomToken()}`
  await createApiKey(env, userId, 'tests', await sha256(key))
  return new Client({ authorization: `Bearer ${key}` })
}

/** The API as programs use it. Every method fails on an answer that is no success, except `refused` and `raw`. */
export class Client {
  constructor(private readonly headers: Record<string, string> = {}) {}

  get = <T>(path: string) => this.#json<T>('GET', path)
  post = <T>(path: string, body?: object) => this.#json<T>('POST', path, body)
  put = <T>(path: string, body?: object) => this.#json<T>('PUT', path, body)
  delete = <T>(path: string) => this.#json<T>('DELETE', path)

  /** The error that this is answered with. */
  async refused(method: string, path: string, body?: object): Promise<Problem> {
    const response = await this.raw(method, path, body && JSON.stringify(body))
    if (response.ok) throw new Error(`${method} ${path} was not refused: ${await response.text()}`)
    return response.json()
  }

  async raw(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
    const url = new URL(/^\/api(-docs)?\//.test(path) ? path : `/api/v1${path}`, ORIGIN)
    const all = new Headers({ ...this.headers, ...headers })
    if (body !== undefined && !all.has('content-type')) all.set('content-type', 'application/json')
    return app.fetch(new Request(url, { method, body, headers: all }), env)
  }

  person(firstName: string, role: User['role'] = 'USER'): Promise<User> {
    return this.post<User>('/users', { firstName, lastName: 'Example', email: `${firstName}@example.com`, role })
  }

  policy(...levels: number[][]): Promise<EscalationPolicy> {
    const escalationRules = levels.map((ids) => ({ escalationTimeout: 5, users: ids.map((id) => ({ id })) }))
    return this.post<EscalationPolicy>('/escalation-policies', { name: 'Web', escalationRules })
  }

  async #json<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.raw(method, path, body && JSON.stringify(body))
    if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${await response.text()}`)
    return (response.status === 204 ? undefined : await response.json()) as T
  }
}

import { exports } from 'cloudflare:workers'

const BASE = 'https://tocsin.example.com'

/** The product as its users reach it: HTTP requests to the Worker. */
export class Api {
  apiKey = ''

  /** Any request as it is; `path` may be a whole address. */
  raw(
    method: string,
    path: string,
    init: { body?: BodyInit; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    return exports.default.fetch(new Request(new URL(path, BASE), { method, redirect: 'manual', ...init }))
  }

  get<T>(path: string): Promise<T> {
    return this.#json('GET', path)
  }

  post<T>(path: string, body?: object): Promise<T> {
    return this.#json('POST', path, body)
  }

  put<T>(path: string, body?: object): Promise<T> {
    return this.#json('PUT', path, body)
  }

  async delete(path: string): Promise<void> {
    await this.#json('DELETE', path)
  }

  /** A request that is expected to be refused. */
  async refused(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; code: string; message: string; field?: string }> {
    const response = await this.#send(method, path, body)
    if (response.ok) throw new Error(`${method} ${path} was expected to be refused, but answered ${response.status}`)
    return response.json()
  }

  async #json<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.#send(method, path, body)
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return JSON.parse(text || 'null')
  }

  #send(method: string, path: string, body?: object): Promise<Response> {
    return this.raw(method, `/api/v1${path}`, {
      headers: { Authorization: `Bearer ${this.apiKey}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  }
}

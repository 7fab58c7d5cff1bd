/** The REST API of a deployment, used as its clients use it. */
export class Rest {
  readonly url: string
  readonly #headers: Record<string, string>

  constructor(url: string, headers: Record<string, string> = {}) {
    this.url = url
    this.#headers = headers
  }

  static withKey(url: string, apiKey: string): Rest {
    return new Rest(url, { Authorization: `Bearer ${apiKey}` })
  }

  /** Signs in as a browser does, with a session that its cookies carry. */
  static async signIn(url: string, email: string, password: string): Promise<Rest> {
    const origin = { Origin: new URL(url).origin }
    const response = await new Rest(url, origin).send('POST', '/api/auth/sign-in/email', { email, password })
    await readAnswer(response)
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0])
    return new Rest(url, { ...origin, Cookie: cookies.join('; ') })
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.#ask('GET', path)
  }

  post<Answer>(path: string, body: object): Promise<Answer> {
    return this.#ask('POST', path, body)
  }

  put<Answer>(path: string, body?: object): Promise<Answer> {
    return this.#ask('PUT', path, body)
  }

  /** Any request as it is, whatever its answer. `path` begins at the root. */
  send(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { ...(body && { 'Content-Type': 'application/json' }), ...this.#headers, ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
  }

  async #ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    return readAnswer(await this.send(method, `/api/v1${path}`, body))
  }
}

/** An answer that was not what the caller wanted. */
export class Refused extends Error {
  readonly status: number
  readonly code: string | undefined

  constructor({ url, status }: Response, text: string) {
    super(`${new URL(url).pathname} answered ${status}: ${text}`)
    this.status = status
    this.code = /"code":"(\w+)"/.exec(text)?.[1]
  }
}

async function readAnswer<Answer>(response: Response): Promise<Answer> {
  const text = await response.text()
  if (!response.ok) throw new Refused(response, text)
  return JSON.parse(text || 'null')
}

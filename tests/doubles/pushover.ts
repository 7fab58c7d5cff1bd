import type { CarrierAnswer, CarrierRequest } from './double.ts'

/**
 * Pushover's API: https://pushover.net/api. Its application is `token-of-the-tests`; user keys that begin with `unknown` are
 * nobody's, `busy` is answered 429.
 */
export function pushoverAnswer({ method, path, headers, body }: CarrierRequest): CarrierAnswer | null {
  if (!path.startsWith('/1/') || method !== 'POST') return null
  const refuse = (status: number, field: string, words: string) => ({
    ...{ status, took: null },
    body: { [field]: 'invalid', errors: [words], status: 0, request: 'r' },
  })
  const accept = (account: string, message: Record<string, string>) => ({
    ...{ status: 200, body: { status: 1, request: 'r' } },
    took: { account: `pushover-${account}`, message },
  })
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return refuse(400, 'token', 'no form')
  const fields = Object.fromEntries(new URLSearchParams(body))
  const { token, user = '', message = '', title = '', url = '', url_title = '', priority = '0', ttl } = fields
  if (token !== 'token-of-the-tests') return refuse(400, 'token', 'application token is invalid')
  const tag = /^\/1\/receipts\/cancel_by_tag\/([\w-]+)\.json$/.exec(path)?.[1]
  if (tag) return accept(`cancelled-${tag}`, { tag })
  if (!/^[A-Za-z0-9]{30}$/.test(user) || user.startsWith('unknown'))
    return refuse(400, 'user', 'user identifier is not a valid user, group, or subscribed user key')
  if (path === '/1/users/validate.json') return { status: 200, body: { status: 1, devices: ['phone'] }, took: null }
  if (path !== '/1/messages.json') return null
  if (user.startsWith('busy')) return refuse(429, 'limit', 'application is over its message limit')
  if (!message || message.length > 1024) return refuse(400, 'message', 'message is too long')
  if (title.length > 250 || url.length > 512 || url_title.length > 100) return refuse(400, 'title', 'too long')
  if (ttl !== undefined && !(Number(ttl) > 0)) return refuse(400, 'ttl', 'must be positive')
  if (priority === '2') {
    const { retry, expire } = fields
    if (!(Number(retry) >= 30)) return refuse(400, 'retry', 'must be at least 30')
    if (!(Number(expire) > 0 && Number(expire) <= 10_800)) return refuse(400, 'expire', 'must be at most 10800')
  }
  return accept(user, fields)
}

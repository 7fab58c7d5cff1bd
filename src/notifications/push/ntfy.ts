import { decrypt, encrypt } from '../../encryption.ts'
import type { Env } from '../../env.ts'
import type { Messages } from '../channels/channel.ts'
import { oneLine } from '../channels/channel.ts'
import type { PushProvider, SendResult } from '../providers/provider.ts'
import { addressProblem } from './public-address.ts'

/** Pushes by ntfy, at ntfy.sh or a server of one's own: https://docs.ntfy.sh/publish/#publish-as-json */
export const ntfy: PushProvider = {
  kind: 'NTFY',
  name: 'ntfy',
  channels: ['PUSH'],
  isConfigured: () => true,
  async send(message, { target, keys }, env, signal) {
    const problem = addressProblem(target, env)
    const topic = topicOf(target)
    if (problem || !topic) return refused(`the topic’s address ${problem ?? 'must end in the topic’s name'}`)
    const headers = new Headers({ 'Content-Type': 'application/json' })
    if (keys.token !== undefined) {
      const token = await decrypt(env.SECRET, TOKEN_PURPOSE, keys.token).catch(() => null)
      if (token === null) return refused('the topic’s access token can’t be read any more: enter it again')
      headers.set('Authorization', `Bearer ${token}`)
    }
    const body = JSON.stringify(publication(topic.name, message))
    const response = await fetch(topic.server, { method: 'POST', headers, body, redirect: 'manual', signal })
    await response.body?.cancel()
    return response.ok ? { sent: true } : failure(response.status)
  },
}

/** The server's own address and the topic's name; null: it is no address of a topic. */
export function topicOf(target: string): { server: string; name: string } | null {
  if (!URL.canParse(target)) return null
  const { origin, pathname, search, hash } = new URL(target)
  const parts = /^(\/(?:.*\/)?)([-_A-Za-z0-9]{1,64})$/.exec(pathname)
  return parts && !search && !hash ? { server: origin + parts[1], name: parts[2] as string } : null
}

const TOKEN_PURPOSE = 'ntfy access token'

export function sealToken(env: Env, token: string): Promise<string> {
  return encrypt(env.SECRET, TOKEN_PURPOSE, token)
}

/** In JSON nothing of it can become another header. */
function publication(topic: string, { title, body, url, urgent, links }: Messages['PUSH']) {
  const act = (label: string, to: string) => ({
    ...{ action: 'http', label, url: to, method: 'POST', clear: true },
    headers: { Accept: 'application/json' },
  })
  return {
    topic,
    ...{ title: oneLine(title), message: body || oneLine(title), priority: urgent ? 5 : 3 },
    ...(urgent ? { tags: ['rotating_light'] } : {}),
    ...(isAddress(url) ? { click: url } : {}),
    ...(links && isAddress(links.accept)
      ? { actions: [act('Accept', links.accept), act('Resolve', links.resolve), act('Escalate', links.escalate)] }
      : {}),
  }
}

/** Where PUBLIC_URL is not set, links lead nowhere outside. */
function isAddress(url: string): boolean {
  return URL.canParse(url)
}

/** https://github.com/binwiederhier/ntfy/blob/main/server/errors.go: the status says what matters here. */
function failure(status: number): SendResult {
  const passing = status === 408 || status === 429 || status >= 500
  const otherwise = status >= 500 ? 'the ntfy server is in trouble' : 'the ntfy server refused it'
  return { sent: false, permanent: !passing, reason: `${REASONS[status] ?? otherwise} (${status})` }
}

const REASONS: Record<number, string> = {
  401: 'the ntfy server does not know the access token: enter it again',
  403: 'the topic may not be written to: it needs an access token, or another one',
  404: 'there is no ntfy server at this address',
  413: 'the ntfy server takes no message of this size',
  429: 'too many messages to this ntfy server at the moment',
}

function refused(reason: string): SendResult {
  return { sent: false, permanent: true, reason }
}

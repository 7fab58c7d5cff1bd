import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import { shorten } from '../answers.ts'
import type { Messages } from '../channels/channel.ts'
import { oneLine } from '../channels/channel.ts'
import type { PushDevice } from '../model.ts'
import type { PushProvider, SendResult } from '../providers/provider.ts'
import { isSilenceable } from './silence.ts'

/** Pushes by Pushover: https://pushover.net/api */
export const pushover: PushProvider = {
  kind: 'PUSHOVER',
  name: 'pushover',
  channels: ['PUSH'],
  variables: [
    { name: 'PUSHOVER_TOKEN', what: 'the API token of an application, from pushover.net/apps/build', secret: true },
    { name: 'PUSHOVER_API_URL', what: 'another address of the API', optional: true },
  ],
  isConfigured: (env) => Boolean(env.PUSHOVER_TOKEN),
  async send(message, device, env, signal) {
    const response = await post(env, 'messages.json', fieldsOf(message, device), signal)
    if (!response.ok) return failure(response.status, await errorOf(response))
    await response.body?.cancel()
    return { sent: true }
  },
}

/**
 * Asks Pushover whether there is such a user.
 *
 * @returns why not, in words; null: there is, or Pushover could not be asked and the first push will tell
 */
export async function userKeyProblem(env: Env, userKey: string): Promise<string | null> {
  try {
    const response = await post(env, 'users/validate.json', { user: userKey }, AbortSignal.timeout(VALIDATION_MS))
    if (response.status !== 400) {
      await response.body?.cancel()
      return null
    }
    const said = await errorOf(response)
    return said.user ? 'Pushover does not know this user key, or it has no device yet' : null
  } catch (error) {
    log.warn('pushover user key not checked', { error })
    return null
  }
}

/**
 * An incident that was answered elsewhere: its emergency pushes to these devices stop ringing. Never throws; what can't be
 * silenced stops ringing by itself within the hour.
 */
export async function silence(env: Env, devices: readonly PushDevice[], incidentId: number): Promise<void> {
  if (!pushover.isConfigured(env)) return
  const ringing = devices.filter(isSilenceable)
  await Promise.all(
    ringing.map(async ({ id }) => {
      try {
        const path = `receipts/cancel_by_tag/${tagOf(incidentId, id)}.json`
        const response = await post(env, path, {}, AbortSignal.timeout(SILENCING_MS))
        await response.body?.cancel()
        if (!response.ok) log.warn('pushover not silenced', { incidentId, device: id, status: response.status })
      } catch (error) {
        log.warn('pushover not silenced', { incidentId, device: id, error })
      }
    }),
  )
}

const VALIDATION_MS = 5_000
const SILENCING_MS = 5_000

/** https://pushover.net/api#priority: it rings every minute for at most an hour, or until it is acknowledged. */
const EMERGENCY = { priority: '2', retry: '60', expire: '3600' }
/** Sounds in quiet hours, too, and once. */
const HIGH = { priority: '1' }
const DAY_SECONDS = 86_400
const URL_CHARACTERS = 512

function fieldsOf(
  { title, body, url, urgent, links, incidentId }: Messages['PUSH'],
  { id, target }: PushDevice,
): Record<string, string> {
  const text = shorten(body, 1000) || oneLine(title)
  const fields: Record<string, string> = { user: target, title: shorten(oneLine(title), 240), message: text }
  if (URL.canParse(url) && url.length <= URL_CHARACTERS) {
    fields.url = url
    fields.url_title = links ? 'Open the incident' : 'Open'
  }
  if (!urgent) return { ...fields, ttl: String(DAY_SECONDS) }
  // What can't be answered there shall not ring for an hour.
  if (!links || incidentId === null) return { ...fields, ...HIGH }
  // Acknowledging it there accepts the incident: Pushover then sends a POST to this address.
  if (URL.canParse(links.accept)) fields.callback = links.accept
  return { ...fields, ...EMERGENCY, tags: tagOf(incidentId, id) }
}

/** Of the device, too: others go on being paged for the same incident where one person passes it on. */
function tagOf(incidentId: number, deviceId: number): string {
  return `incident-${incidentId}-${deviceId}`
}

function post(env: Env, path: string, fields: Record<string, string>, signal: AbortSignal): Promise<Response> {
  const base = (env.PUSHOVER_API_URL || 'https://api.pushover.net').replace(/\/+$/, '')
  const body = new URLSearchParams({ token: env.PUSHOVER_TOKEN ?? '', ...fields })
  return fetch(`${base}/1/${path}`, { method: 'POST', body, redirect: 'manual', signal })
}

/** A refusal says which field it is about by its name: `"user": "invalid"`. */
interface PushoverError {
  user: boolean
  token: boolean
  hasNoDevice: boolean
}

async function errorOf(response: Response): Promise<PushoverError> {
  const body = await response.json<Record<string, unknown> | null>().catch(() => null)
  return {
    ...{ user: body?.user === 'invalid', token: body?.token === 'invalid' },
    hasNoDevice: JSON.stringify(body?.errors ?? '').includes('no active devices'),
  }
}

/** https://pushover.net/api#friendly: a 4xx fails again in the same way, but for limits; a 5xx may be tried again. */
function failure(status: number, said: PushoverError): SendResult {
  const permanent = !(status === 408 || status === 429 || status >= 500)
  if (permanent && said.hasNoDevice)
    return { sent: false, permanent, reason: 'the Pushover account has no device: sign in with its app on the phone' }
  if (permanent && said.token)
    return { sent: false, permanent, reason: 'Pushover does not know this application: set PUSHOVER_TOKEN anew' }
  if (permanent && said.user)
    return { sent: false, permanent, reason: 'Pushover does not know this user key any more', fault: 'contact' }
  const words =
    status === 429 ? 'the application’s messages of the month are used up, or there are too many at once' : ''
  const otherwise = status >= 500 ? 'Pushover is in trouble' : 'Pushover refused the message'
  return { sent: false, permanent, reason: `${words || otherwise} (${status})` }
}

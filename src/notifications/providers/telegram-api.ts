import type { Env } from '../../env.ts'
import { deriveSecret } from '../../secrets.ts'

/** The Bot API: https://core.telegram.org/bots/api. Its addresses contain the token, so they never reach a log. */

export type TelegramAnswer<Result> =
  | { ok: true; result: Result }
  | { ok: false; status: number; description: string; retryAfterSeconds: number | null }

/** Throws where Telegram can't be reached, with no address in the words. */
export async function askTelegram<Result>(
  env: Env,
  method: string,
  parameters: object,
  signal: AbortSignal,
): Promise<TelegramAnswer<Result>> {
  const base = (env.TELEGRAM_API_URL || 'https://api.telegram.org').replace(/\/+$/, '')
  const response = await fetch(`${base}/bot${env.TELEGRAM_BOT_TOKEN}/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(parameters),
    redirect: 'manual',
    signal,
  }).catch(() => null)
  if (!response) throw new Error('Telegram can not be reached')
  const body = await response.json<Body<Result> | null>().catch(() => null)
  if (response.ok && body?.ok && body.result !== undefined) return { ok: true, result: body.result }
  return {
    ok: false,
    status: response.status,
    description: (body?.description ?? '').slice(0, 200),
    retryAfterSeconds: body?.parameters?.retry_after ?? null,
  }
}

interface Body<Result> {
  ok: boolean
  result?: Result
  description?: string
  parameters?: { retry_after?: number }
}

/** What Telegram sends along with each update, so that nobody else can send one. */
export function telegramSecret(env: Env): Promise<string> {
  return deriveSecret(env.SECRET, 'telegram webhook')
}

export const TELEGRAM_UPDATES_PATH = '/api/v1/carriers/telegram/updates'

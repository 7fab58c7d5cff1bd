import type { Env } from '../../env.ts'
import type { Messages } from '../channels/channel.ts'
import { buttonsOf } from '../doors/telegram-buttons.ts'
import type { Provider, SendResult } from './provider.ts'
import { askTelegram, type TelegramAnswer } from './telegram-api.ts'

/** Messages of a Telegram bot, which takes no idempotency key: https://core.telegram.org/bots/api#sendmessage */
export const telegram: Provider = {
  name: 'telegram',
  channels: ['TELEGRAM'],
  variables: [
    { name: 'TELEGRAM_BOT_TOKEN', what: 'the token of a bot, from @BotFather on Telegram', secret: true },
    { name: 'TELEGRAM_API_URL', what: 'another address of the API', optional: true },
  ],
  isConfigured: (env) => Boolean(env.TELEGRAM_BOT_TOKEN),
  async send(message, env, signal) {
    if (message.channel !== 'TELEGRAM')
      return { sent: false, permanent: true, reason: 'Telegram carries its own messages only' }
    const answer = await askTelegram(env, 'sendMessage', messageOf(message), signal)
    return answer.ok ? { sent: true } : failure(answer)
  },
}

/** Sent as plain text: what a tool wrote is never taken for formatting. */
function messageOf(message: Messages['TELEGRAM']) {
  return {
    ...{ chat_id: message.to, text: message.text, disable_notification: !message.urgent },
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: buttonsOf(message) },
  }
}

/** https://core.telegram.org/api/errors: 403 is the person's, 401 and 404 are the token's, 429 and 5xx pass. */
function failure(answer: TelegramAnswer<unknown> & { ok: false }): SendResult {
  const { status, description } = answer
  const gone = status === 403 || /chat not found|user is deactivated|bot was blocked/i.test(description)
  if (gone) {
    const reason = 'the chat is closed: its owner has to start the bot again'
    return { sent: false, permanent: true, reason, fault: 'contact' }
  }
  const passing = status === 408 || status === 429 || status >= 500
  return { sent: false, permanent: !passing, reason: `${REASONS[status] ?? words(status)} (${status})` }
}

const REASONS: Record<number, string> = {
  401: 'Telegram does not know the bot: set TELEGRAM_BOT_TOKEN anew',
  404: 'Telegram does not know the bot: set TELEGRAM_BOT_TOKEN anew',
  429: 'too many messages at once for this bot',
}

function words(status: number): string {
  return status >= 500 ? 'Telegram is in trouble' : 'Telegram refused the message'
}

/** The bot's name, for links to it. It is asked once; null: Telegram can't be asked now. */
export async function botName(env: Env): Promise<string | null> {
  const token = env.TELEGRAM_BOT_TOKEN ?? ''
  const known = names.get(token)
  if (known) return known
  const answer = await askTelegram<{ username?: string }>(env, 'getMe', {}, AbortSignal.timeout(ASKING_MS)).catch(
    () => null,
  )
  const name = answer?.ok ? answer.result.username : undefined
  if (!name) return null
  names.set(token, name)
  return name
}

const names = new Map<string, string>()
const ASKING_MS = 5_000

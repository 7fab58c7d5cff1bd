import type { CarrierAnswer, CarrierRequest } from './double.ts'

const PATH = /^\/bot([^/]+)\/(\w+)$/

/**
 * Telegram's Bot API: https://core.telegram.org/bots/api. The bot's token is `1:token-of-the-tests`; it is blocked in chats
 * whose id ends with 403.
 */
export function telegramAnswer({ method, path, headers, body }: CarrierRequest): CarrierAnswer | null {
  const [, token, called = ''] = PATH.exec(path) ?? []
  if (token === undefined || method !== 'POST') return null
  const refuse = (status: number, description: string) => ({
    ...{ status, took: null },
    body: { ok: false, error_code: status, description },
  })
  if (token !== '1:token-of-the-tests') return refuse(401, 'Unauthorized')
  if (headers['content-type'] !== 'application/json') return refuse(400, 'Bad Request: no JSON')
  const parameters = JSON.parse(body)
  const accept = (result: unknown, account: string | null) => ({
    ...{ status: 200, body: { ok: true, result } },
    took: account === null ? null : { account: `telegram-${account}`, message: { method: called, body } },
  })
  switch (called) {
    case 'getMe':
      return accept({ id: 1, is_bot: true, username: 'example_bot' }, null)
    case 'setWebhook':
      if (!/^https:\/\//.test(parameters.url))
        return refuse(400, 'Bad Request: bad webhook: HTTPS url must be provided')
      if (!/^[\w-]{1,256}$/.test(parameters.secret_token)) return refuse(400, 'Bad Request: secret token')
      return accept(true, 'webhook')
    case 'answerCallbackQuery':
      if (!parameters.callback_query_id || (parameters.text ?? '').length > 200) return refuse(400, 'Bad Request')
      return accept(true, `callback-${parameters.callback_query_id}`)
    case 'editMessageReplyMarkup':
      return accept(true, String(parameters.chat_id))
    case 'sendMessage':
      if (String(parameters.chat_id).endsWith('403')) return refuse(403, 'Forbidden: bot was blocked by the user')
      if (!parameters.text || parameters.text.length > 4096) return refuse(400, 'Bad Request: message text is empty')
      for (const button of (parameters.reply_markup?.inline_keyboard ?? []).flat()) {
        if (Buffer.byteLength(button.callback_data ?? '') > 64) return refuse(400, 'Bad Request: BUTTON_DATA_INVALID')
        if (!button.callback_data && !button.url?.startsWith('https://')) return refuse(400, 'Bad Request: button URL')
      }
      return accept({ message_id: 1 }, String(parameters.chat_id))
    default:
      return refuse(404, 'Not Found')
  }
}

import { Hono } from 'hono'
import * as z from 'zod'
import { type DoorContext, readBody, refuse } from '../../alert-sources/doors/door.ts'
import { findUserOfChat, linkChat, pauseChat, resumeChat } from '../../directory/users/telegram-contacts.ts'
import type { Env } from '../../env.ts'
import { log } from '../../log.ts'
import { call } from '../../objects.ts'
import { sameSecret } from '../../secrets.ts'
import { isDone } from '../answers.ts'
import { askTelegram, TELEGRAM_UPDATES_PATH, telegramSecret } from '../providers/telegram-api.ts'
import { readButton } from './telegram-buttons.ts'

/** What people write to the bot, and which buttons they press: https://core.telegram.org/bots/api#update */
export const telegramDoor = new Hono<{ Bindings: Env }>()

telegramDoor.post(TELEGRAM_UPDATES_PATH, async (c) => {
  const read = await readUpdate(c)
  if (read instanceof Response) return read
  const { message, callback_query: pressed } = read
  // Whatever comes of it, the update was taken: Telegram would bring it again for hours.
  try {
    if (pressed) await buttonPressed(c.env, pressed)
    else if (message?.text !== undefined) await written(c.env, message.chat, message.text)
  } catch (error) {
    log.error('telegram update not handled', { error })
    const chat = pressed?.message?.chat ?? message?.chat
    if (chat) await say(c.env, chat.id, 'Not done: Tocsin has a problem. Try again in a minute.')
  }
  return c.json({})
})

const chat = z.object({ id: z.number().int(), type: z.string().max(20) })
const update = z.object({
  message: z.object({ chat, text: z.string().max(4096).optional() }).optional(),
  callback_query: z
    .object({
      id: z.string().max(100),
      data: z.string().max(64).optional(),
      message: z.object({ message_id: z.number().int(), chat }).optional(),
    })
    .optional(),
})
type Update = z.infer<typeof update>

async function readUpdate(c: DoorContext): Promise<Update | Response> {
  if (!c.env.TELEGRAM_BOT_TOKEN) return refuse(c, NOT_SET_UP)
  const secret = c.req.header('X-Telegram-Bot-Api-Secret-Token') ?? ''
  if (!(await sameSecret(secret, await telegramSecret(c.env)))) return refuse(c, WRONG_SECRET)
  const read = await readBody(c.req.raw)
  if ('refused' in read) return refuse(c, read.refused)
  const parsed = update.safeParse(jsonOf(read.text))
  // Kinds of updates that are not asked for, or new ones: nothing to do, and nothing to send again.
  return parsed.success ? parsed.data : c.json({})
}

async function buttonPressed(env: Env, { id, data, message }: NonNullable<Update['callback_query']>): Promise<void> {
  const chatOf = message?.chat
  const userId = chatOf ? await findUserOfChat(env, String(chatOf.id)) : null
  const pressed = readButton(data ?? '')
  if (!chatOf || !message || userId === null || !pressed) return answer(env, id, 'This button does not work any more.')
  const said = await call(env.PAGER, String(userId), (pager) =>
    pager.answer({ action: pressed.act, incidentId: pressed.incidentId }, 'telegram'),
  )
  await answer(env, id, said)
  await say(env, chatOf.id, said, message.message_id)
  if (!isDone(said) || pressed.act !== 'resolve') return
  // Nothing is left to be done with it.
  const nothing = { chat_id: chatOf.id, message_id: message.message_id, reply_markup: { inline_keyboard: [] } }
  await tell(env, 'editMessageReplyMarkup', nothing)
}

async function written(env: Env, { id, type }: z.infer<typeof chat>, text: string): Promise<void> {
  // In a group anybody could answer for the person.
  if (type !== 'private') return
  const chatId = String(id)
  const [, command, argument] = /^\/(start|stop)(?:@\w+)?(?:\s+([\w-]{1,64}))?\s*$/.exec(text) ?? []
  if (command === 'stop') {
    if (await pauseChat(env, chatId)) await say(env, id, 'Tocsin writes no more. /start lets it write again.')
    return
  }
  if (command === 'start') return start(env, id, argument)
  const userId = await findUserOfChat(env, chatId)
  // A stranger learns nothing.
  if (userId === null) return
  await say(env, id, await call(env.PAGER, String(userId), (pager) => pager.answer({ text }, 'telegram')))
}

async function start(env: Env, id: number, code: string | undefined): Promise<void> {
  if (code === undefined) {
    const resumed = await resumeChat(env, String(id))
    return say(env, id, resumed ? 'Tocsin writes here again.' : 'Open the link from your profile in Tocsin first.')
  }
  const linked = await linkChat(env, code, String(id))
  await say(
    env,
    id,
    linked
      ? 'Linked. Add Telegram to your notification preferences, and answer with the buttons, or by writing 1a, 1r or 1e.'
      : 'This link is no longer valid: open a new one from your profile in Tocsin.',
  )
}

/** What shows for a moment above the chat: at most 200 characters. */
function answer(env: Env, callbackId: string, text: string): Promise<void> {
  return tell(env, 'answerCallbackQuery', { callback_query_id: callbackId, text: text.slice(0, 200) })
}

function say(env: Env, chatId: number, text: string, inReplyTo?: number): Promise<void> {
  const about = inReplyTo === undefined ? {} : { reply_parameters: { message_id: inReplyTo } }
  return tell(env, 'sendMessage', { chat_id: chatId, text, ...about })
}

/** Not worth failing for: what was asked is done. */
async function tell(env: Env, method: string, parameters: object): Promise<void> {
  try {
    const said = await askTelegram(env, method, parameters, AbortSignal.timeout(TELLING_MS))
    if (!said.ok) log.warn('telegram not told', { method, status: said.status })
  } catch {
    log.warn('telegram not told', { method })
  }
}

const TELLING_MS = 5_000

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const NOT_SET_UP = {
  status: 403 as const,
  code: 'TELEGRAM_NOT_SET_UP',
  message: 'This deployment takes nothing from Telegram: set TELEGRAM_BOT_TOKEN with `wrangler secret put`.',
}

const WRONG_SECRET = {
  status: 403 as const,
  code: 'SIGNATURE_ERROR',
  message: 'The secret token is missing or wrong: set the webhook anew in the settings, under Carriers.',
}

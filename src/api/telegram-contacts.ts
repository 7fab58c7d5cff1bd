import * as z from 'zod'
import { Refusal } from '../directory/refusal.ts'
import { deleteContact, listContacts, type StoredContact } from '../directory/users/contacts.ts'
import { beginLink, linkSandbox } from '../directory/users/telegram-contacts.ts'
import { findUser } from '../directory/users/users.ts'
import { botName } from '../notifications/providers/telegram.ts'
import { askTelegram, TELEGRAM_UPDATES_PATH, telegramSecret } from '../notifications/providers/telegram-api.ts'
import { publicUrl } from '../public-url.ts'
import { present } from './contacts.ts'
import { json, noContent, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import { telegramLink, telegramWebhook } from './schemas/telegram-contact.ts'
import { type Contact, contact, contactParams } from './schemas/user.ts'

const path = '/users/{id}/contacts/telegram'

export const telegramContacts = router()

telegramContacts.openapi(
  route('signed-in', {
    ...{ method: 'get', path, tags: ['Contacts'], summary: "List a user's Telegram contacts" },
    request: { params: idParam },
    responses: {
      200: json(z.array(contact), 'All of them; LOCKED: its link was not opened yet, or its owner wrote /stop'),
    },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    return c.json((await listContacts(c.env, id, 'TELEGRAM')).map(shown), 200)
  },
)

telegramContacts.openapi(
  route('self', {
    ...{ method: 'post', path, tags: ['Contacts'], summary: 'Begin to link a Telegram chat' },
    request: { params: idParam },
    responses: {
      201: json(telegramLink, 'The contact, and the link that its user opens on their phone within 30 minutes'),
    },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    if (!c.env.TELEGRAM_BOT_TOKEN) {
      if (c.env.SANDBOX !== '1')
        throw new Refusal('NOT_POSSIBLE', 'This deployment has no Telegram bot: set TELEGRAM_BOT_TOKEN')
      return c.json({ contact: shown(await linkSandbox(c.env, id)), url: null, expiresAt: null }, 201)
    }
    const name = await botName(c.env)
    if (!name) throw new Refusal('NOT_POSSIBLE', 'Telegram does not answer, or does not know the bot: try again')
    const { contact: waiting, code, expiresAt } = await beginLink(c.env, id)
    const url = `https://t.me/${name}?start=${code}`
    return c.json({ contact: shown(waiting), url, expiresAt: expiresAt.toISOString() }, 201)
  },
)

telegramContacts.openapi(
  route('self', {
    ...{ method: 'delete', path: `${path}/{contactId}`, tags: ['Contacts'] },
    summary: 'Unlink a Telegram chat, and delete the preferences that use it',
    request: { params: contactParams },
    responses: noContent,
  }),
  async (c) => {
    const { id, contactId } = c.req.valid('param')
    await deleteContact(c.env, id, 'TELEGRAM', contactId)
    return c.body(null, 204)
  },
)

telegramContacts.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/carriers/telegram/webhook', tags: ['Carriers'] },
    summary: 'Tell Telegram where to send what people answer',
    responses: { 200: json(telegramWebhook, 'Telegram took it') },
  }),
  async (c) => {
    if (!c.env.TELEGRAM_BOT_TOKEN)
      throw new Refusal('NOT_POSSIBLE', 'This deployment has no Telegram bot: set TELEGRAM_BOT_TOKEN')
    const url = publicUrl(c.env, c.req.raw) + TELEGRAM_UPDATES_PATH
    const parameters = {
      ...{ url, secret_token: await telegramSecret(c.env) },
      allowed_updates: ['message', 'callback_query'],
    }
    const answer = await askTelegram(c.env, 'setWebhook', parameters, AbortSignal.timeout(ASKING_MS))
    if (!answer.ok) throw new Refusal('NOT_POSSIBLE', `Telegram refused it: ${answer.description || answer.status}`)
    return c.json({ url }, 200)
  },
)

const ASKING_MS = 10_000

/** A chat's id says nothing to anybody, and what waits for its chat has none. */
function shown(stored: StoredContact): Contact {
  const waits = stored.target.startsWith('pending-')
  return { ...present(stored), target: waits ? 'not linked yet' : `chat …${stored.target.slice(-4)}` }
}

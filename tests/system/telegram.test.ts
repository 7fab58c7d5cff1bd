import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, inject } from 'vitest'
import type { Contact } from '../../src/api/schemas/user.ts'
import { telegramSecret } from '../../src/notifications/providers/telegram-api.ts'
import { settle, until } from './harness/settle.ts'
import { it, mail, type TestUser, type Tocsin } from './harness/tocsin.ts'

const UPDATES = '/api/v1/carriers/telegram/updates'

beforeEach(() => {
  Object.assign(env, { TELEGRAM_BOT_TOKEN: '1:token-of-the-tests', TELEGRAM_API_URL: inject('carriers') })
})
afterEach(() => {
  Object.assign(env, { TELEGRAM_BOT_TOKEN: '', TELEGRAM_API_URL: '' })
})

/** Chats of one test are no other's. */
let chats = Date.now() * 1000
const newChat = () => ++chats

interface Sent {
  text?: string
  disable_notification?: boolean
  reply_markup?: { inline_keyboard: { text: string; callback_data?: string }[][] }
}

async function taken(chat: number | string): Promise<Sent[]> {
  await settle()
  const messages: { body: string }[] = await (await fetch(`${inject('carriers')}/taken/telegram-${chat}`)).json()
  return messages.map(({ body }) => JSON.parse(body))
}

async function update(tocsin: Tocsin, body: object, secret?: string): Promise<Response> {
  const headers = {
    'Content-Type': 'application/json',
    'X-Telegram-Bot-Api-Secret-Token': secret ?? (await telegramSecret(env)),
  }
  const response = await tocsin.api.raw('POST', UPDATES, { headers, body: JSON.stringify({ update_id: 1, ...body }) })
  await settle()
  return response
}

const writes = (tocsin: Tocsin, chat: number, text: string, type = 'private') =>
  update(tocsin, { message: { message_id: 1, chat: { id: chat, type }, text } })

const presses = (tocsin: Tocsin, chat: number, data: string, secret?: string) =>
  update(
    tocsin,
    { callback_query: { id: `q${chat}`, data, message: { message_id: 7, chat: { id: chat, type: 'private' } } } },
    secret,
  )

/** Ann with a linked chat that is her first step, and a mail after half an hour. */
async function linked(tocsin: Tocsin, chat = newChat()) {
  const ann = await tocsin.user('Ann', mail(30))
  await link(tocsin, ann, chat)
  await taken(chat)
  const [contact] = await tocsin.api.get<Contact[]>(`/users/${ann.id}/contacts/telegram`)
  await tocsin.api.post(`/users/${ann.id}/notification-preferences/alerts`, {
    method: 'TELEGRAM',
    contact: { id: contact?.id },
  })
  const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))
  return { ann, chat, source }
}

async function link(tocsin: Tocsin, user: TestUser, chat: number): Promise<void> {
  const { url } = await tocsin.api.post<{ url: string }>(`/users/${user.id}/contacts/telegram`, {})
  const code = /^https:\/\/t\.me\/example_bot\?start=([\w-]{1,64})$/.exec(url)?.[1]
  await writes(tocsin, chat, `/start ${code}`)
}

const buttons = (message: Sent | undefined) =>
  (message?.reply_markup?.inline_keyboard ?? []).flat().map(({ callback_data }) => callback_data ?? '')

describe('a Telegram chat', () => {
  it('gets the page with buttons, which act', async ({ tocsin, expect }) => {
    const { chat, source } = await linked(tocsin)
    const incident = await source.alert('Disk full')
    const [message] = await taken(chat)
    expect(message).toMatchObject({ text: expect.stringContaining('Disk full'), disable_notification: false })
    const [accept = '', resolve = ''] = buttons(message)
    expect((await presses(tocsin, chat, accept)).status).toBe(200)
    expect((await tocsin.incident(incident)).status).toBe('ACCEPTED')
    expect((await tocsin.timeline(incident)).join('\n')).toContain('Ann Example by Telegram')
    expect((await taken(chat))[0]?.text).toContain('Accepted SRC1-1')
    await presses(tocsin, chat, accept)
    expect((await taken(chat))[0]?.text).toContain('already accepted by you')
    await presses(tocsin, chat, resolve)
    expect((await tocsin.incident(incident)).status).toBe('RESOLVED')
  })

  it('takes answers in words', async ({ tocsin, expect }) => {
    const { chat, source } = await linked(tocsin)
    const incident = await source.alert('Disk full')
    await taken(chat)
    await writes(tocsin, chat, 'what is that?')
    expect((await taken(chat))[0]?.text).toContain('not understood')
    await writes(tocsin, chat, '1r')
    expect((await tocsin.incident(incident)).status).toBe('RESOLVED')
  })

  it('of somebody else, or in a group, does nothing', async ({ tocsin, expect }) => {
    const { chat, source } = await linked(tocsin)
    const incident = await source.alert('Disk full')
    const [accept = ''] = buttons((await taken(chat))[0])
    const stranger = newChat()
    await presses(tocsin, stranger, accept)
    await writes(tocsin, stranger, '1a')
    await writes(tocsin, chat, '1a', 'group')
    await presses(tocsin, chat, 'accept 999')
    expect(await taken(stranger)).toEqual([])
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
    await tocsin.api.put(`/incidents/${incident}/resolve`)
  })

  it('is nobody’s to forge', async ({ tocsin, expect }) => {
    const { chat, source } = await linked(tocsin)
    const incident = await source.alert('Disk full')
    const [accept = ''] = buttons((await taken(chat))[0])
    for (const secret of ['', 'guessed']) expect((await presses(tocsin, chat, accept, secret)).status).toBe(403)
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
    await tocsin.api.put(`/incidents/${incident}/resolve`)
  })

  it('that was closed has the next step go out at once, and is shown as broken', async ({ tocsin, expect }) => {
    const { ann, source } = await linked(tocsin, 1_000_000_403)
    const incident = await source.alert('Disk full')
    await ann.getsMail('Disk full')
    const contact = async () => (await tocsin.api.get<Contact[]>(`/users/${ann.id}/contacts/telegram`))[0]
    await until(async () => (await contact())?.status === 'BLACKLISTED', 'the contact is shown as broken')
    await tocsin.api.put(`/incidents/${incident}/resolve`)
    expect((await contact())?.faults[0]?.reason).toContain('the chat is closed')
  })

  it('may be paused by its owner, and is one person’s', async ({ tocsin, expect }) => {
    const { ann, chat, source } = await linked(tocsin)
    await writes(tocsin, chat, '/stop')
    const first = await source.alert('Disk full')
    expect(await taken(chat)).toHaveLength(1)
    await tocsin.api.put(`/incidents/${first}/resolve`)
    await writes(tocsin, chat, '/start')
    const second = await source.alert('Fan broken')
    expect((await taken(chat)).map(({ text }) => text).join('\n')).toContain('Fan broken')
    await tocsin.api.put(`/incidents/${second}/resolve`)
    const bea = await tocsin.user('Bea')
    await link(tocsin, bea, chat)
    expect(await tocsin.api.get<Contact[]>(`/users/${ann.id}/contacts/telegram`)).toEqual([])
  })

  it('is linked only by a link that is still good', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann')
    const chat = newChat()
    await writes(tocsin, chat, '/start made-up')
    expect((await taken(chat))[0]?.text).toContain('no longer valid')
    expect(await tocsin.api.get<Contact[]>(`/users/${ann.id}/contacts/telegram`)).toEqual([])
  })

  it('is answered once an administrator has told Telegram where', async ({ tocsin, expect }) => {
    const { url } = await tocsin.api.post<{ url: string }>('/carriers/telegram/webhook', {})
    expect(url).toBe(`https://tocsin.example.com${UPDATES}`)
  })
})

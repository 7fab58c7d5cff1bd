import * as z from 'zod'
import { instant } from './common.ts'
import { contact } from './user.ts'

/** A contact that waits for its user to open the link, in which the bot then knows them. */
export const telegramLink = z
  .object({
    contact,
    url: z.string().nullable().meta({ description: 'Opens the chat with the bot; null: it is linked already' }),
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'TelegramLink' })

export const telegramWebhook = z
  .object({ url: z.string().meta({ description: 'Where Telegram sends what people answer' }) })
  .meta({ id: 'TelegramWebhook' })

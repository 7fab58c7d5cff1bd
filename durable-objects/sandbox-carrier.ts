import { DurableObject } from 'cloudflare:workers'
import type * as z from 'zod'
import type { SandboxMessage, sandboxReply } from '../src/api/schemas/sandbox.ts'
import type { Env } from '../src/env.ts'
import type { AnswerChannel } from '../src/incidents/model.ts'
import { publishLive } from '../src/live.ts'
import type { AnswerAct, Question } from '../src/notifications/answers.ts'
import { isBundleId } from '../src/notifications/bundles.ts'
import type { Message } from '../src/notifications/channels/channel.ts'
import type { SendResult } from '../src/notifications/providers/provider.ts'
import { receiveReceipt } from '../src/notifications/receive-receipt.ts'
import type { Receipt } from '../src/notifications/sending.ts'
import { call } from '../src/objects.ts'
import { migrate } from './storage/schema.ts'

/** A repeated delivery of one notification is not shown twice, but it is counted: `deliveries`. */
type Stored = SandboxMessage & { deliveries: number }

const MIGRATIONS = [
  `CREATE TABLE message (
     id INTEGER PRIMARY KEY,
     notification_id TEXT UNIQUE,
     user_id INTEGER NOT NULL,
     deliveries INTEGER NOT NULL DEFAULT 1,
     message TEXT NOT NULL
   )`,
]

/** Old messages go when there are more. */
const KEPT = 20_000

/** Numbers and addresses that fail, to try out what happens then: as Twilio's magic numbers do. */
const FAILS_FOR_GOOD = [/^\+15005550001$/, /^invalid@/]
const FAILS_FOR_NOW = [/^\+15005550002$/, /^slow@/]

const CHANNEL: Record<Message['channel'], AnswerChannel> = {
  EMAIL: 'email',
  SMS: 'sms',
  VOICE: 'voice',
  PUSH: 'push',
  TELEGRAM: 'telegram',
}

const TAKEN: Receipt = { outcome: 'delivered', provider: 'sandbox', reason: null }

/**
 * Every carrier in one, for a laptop: what it delivers shows on the simulated phone, and answers given there go the way
 * that real carriers' webhooks go. Exists only where SANDBOX is on.
 */
export class SandboxCarrier extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    migrate(ctx.storage, MIGRATIONS)
  }

  deliver(message: Message): SendResult {
    const target = 'to' in message ? message.to : ''
    if (FAILS_FOR_GOOD.some((pattern) => pattern.test(target)))
      return { sent: false, permanent: true, reason: 'the number or address does not exist' }
    if (FAILS_FOR_NOW.some((pattern) => pattern.test(target)))
      return { sent: false, permanent: false, reason: 'the carrier is busy' }
    this.#keep({ ...shown(message), target }, message.notificationId, message.userId)
    return { sent: true }
  }

  /** Newest first. @param after only messages newer than this one */
  messages({ user, after, limit }: { user: number | null; after: string | null; limit: number }): Stored[] {
    const rows = this.#sql.exec<Row>(
      'SELECT id, user_id, deliveries, message FROM message WHERE (?1 IS NULL OR user_id = ?1) AND id > ?2 ORDER BY id DESC LIMIT ?3',
      user,
      after === null ? 0 : Number(after),
      limit,
    )
    return rows.toArray().map(read)
  }

  /** Answers a message as its user would. Null: there is no such message. */
  async reply(id: string, reply: z.infer<typeof sandboxReply>): Promise<{ answer: string } | null> {
    const row = this.#sql
      .exec<Row>('SELECT id, user_id, deliveries, message FROM message WHERE id = ?', Number(id))
      .toArray()[0]
    if (!row) return null
    const original = read(row)
    const said = 'text' in reply ? reply.text : 'digit' in reply ? reply.digit : reply.action
    const about = { ...original, notificationId: null, inReplyTo: original.id, subject: null, actions: [] }
    this.#keep({ ...about, direction: 'FROM_USER', text: said }, null, row.user_id)
    const answer = await this.#answer(original, reply, row.user_id)
    this.#keep({ ...about, direction: 'TO_USER', text: answer }, null, row.user_id)
    return { answer }
  }

  async #answer(original: SandboxMessage, reply: z.infer<typeof sandboxReply>, userId: number): Promise<string> {
    // A bundle is about all that waits; a notice is about none.
    const incidentId = isBundleId(original.notificationId ?? '') ? null : (original.incidentId ?? 0)
    if ('digit' in reply && reply.digit === '0') return original.text
    const question: Question = 'text' in reply ? { text: reply.text } : { ...reply, incidentId }
    const answer = await call(this.env.PAGER, String(userId), (pager) =>
      pager.answer(question, CHANNEL[original.method]),
    )
    // With it the call is over.
    if ('digit' in reply && original.notificationId) {
      await receiveReceipt(this.env, userId, original.notificationId, TAKEN)
    }
    return answer
  }

  #keep(
    message: Omit<SandboxMessage, 'id' | 'timestamp' | 'user'>,
    notificationId: string | null,
    userId: number,
  ): void {
    const body = JSON.stringify({ ...message, timestamp: new Date().toISOString() })
    const { id } = this.#sql
      .exec<{ id: number }>(
        `INSERT INTO message (notification_id, user_id, message) VALUES (?, ?, ?)
         ON CONFLICT (notification_id) DO UPDATE SET deliveries = deliveries + 1 RETURNING id`,
        notificationId,
        userId,
        body,
      )
      .one()
    if (id > KEPT && id % 100 === 0) this.#sql.exec('DELETE FROM message WHERE id <= ?', id - KEPT)
    this.ctx.waitUntil(publishLive(this.env, { type: 'sandbox' }))
  }

  get #sql(): SqlStorage {
    return this.ctx.storage.sql
  }
}

type Row = { id: number; user_id: number; deliveries: number; message: string }

function read({ id, user_id, deliveries, message }: Row): Stored {
  return { ...JSON.parse(message), id: String(id), user: { id: user_id }, deliveries }
}

const LABELS: [AnswerAct, string, string][] = [
  ['accept', 'Accept', '1'],
  ['resolve', 'Resolve', '2'],
  ['escalate', 'Escalate', '3'],
]

/** What the phone shows of a message. */
function shown(message: Message): Omit<SandboxMessage, 'id' | 'timestamp' | 'user' | 'target'> {
  const { channel: method, notificationId, incidentId } = message
  const about = { method, notificationId, incidentId, inReplyTo: null, direction: 'TO_USER' as const, subject: null }
  switch (message.channel) {
    case 'SMS':
      return { ...about, text: message.text, actions: [] }
    case 'VOICE':
      return {
        ...about,
        text: message.text,
        actions: LABELS.map(([action, label, digit]) => ({ action, label, digit, url: null })),
      }
    case 'PUSH':
      return {
        ...about,
        subject: message.title,
        text: message.body,
        actions:
          incidentId === null ? [] : LABELS.map(([action, label]) => ({ action, label, digit: null, url: null })),
      }
    case 'TELEGRAM':
      return {
        ...about,
        text: message.text,
        actions:
          incidentId === null ? [] : LABELS.map(([action, label]) => ({ action, label, digit: null, url: null })),
      }
    case 'EMAIL': {
      const { links } = message
      return {
        ...about,
        subject: message.subject,
        text: message.text,
        actions: links ? LABELS.map(([action, label]) => ({ action, label, digit: null, url: links[action] })) : [],
      }
    }
  }
}

import type { Env } from '../../env.ts'
import {
  CODE_LASTS_MS,
  codeNotice,
  type MessageStatus,
  newCode,
  statusOf,
  testNotice,
} from '../../notifications/contact-messages.ts'
import type { ChannelName } from '../../notifications/model.ts'
import { call } from '../../objects.ts'
import { Refusal } from '../refusal.ts'
import { takeTurn } from '../turns.ts'
import { keepCode } from './contact-codes.ts'
import { type ContactKind, findContact, type StoredContact } from './contacts.ts'

/**
 * The messages that try a contact. They go through its user's Pager, queue and carriers as all others, and can be followed.
 */

const HOUR_MS = 3_600_000

/** Each costs, and numbers are made to earn by it. */
const CODES_PER_CONTACT = 5
const CODES_PER_USER = 15
const TESTS_PER_USER = 5
const TESTS_WITHIN_MS = 10 * 60_000

/** @param method of a phone number: a text unless it says VOICE */
export async function sendCode(
  env: Env,
  userId: number,
  kind: ContactKind,
  contactId: number,
  method?: ChannelName,
): Promise<{ id: string; method: ChannelName; expiresAt: Date }> {
  const contact = await findContact(env, userId, kind, contactId)
  if (contact.status === 'OK') throw new Refusal('CONFLICT', `${contact.target} is verified already`)
  const channel = channelFor(contact, method)
  const now = Date.now()
  await bound(
    env,
    `codes to ${kind} ${contact.target}`,
    CODES_PER_CONTACT,
    HOUR_MS,
    'codes an hour to one contact',
    now,
  )
  await bound(env, `codes of ${userId}`, CODES_PER_USER, HOUR_MS, 'codes an hour for one user', now)
  const code = newCode()
  const expiresAt = new Date(now + CODE_LASTS_MS)
  await keepCode(env, contact, code, expiresAt)
  const id = `code-${contactId}-${crypto.randomUUID()}`
  const { target } = contact
  await call(env.PAGER, String(userId), (pager) =>
    pager.tryContact(codeNotice(id, code, channel, now), { channel, target }),
  )
  return { id, method: channel, expiresAt }
}

export async function sendTest(
  env: Env,
  userId: number,
  kind: ContactKind,
  contactId: number,
  method?: ChannelName,
): Promise<{ id: string; method: ChannelName }> {
  const contact = await findContact(env, userId, kind, contactId)
  if (contact.status !== 'OK')
    throw new Refusal('CONFLICT', `${contact.target} is not verified yet: enter its code first`)
  const channel = channelFor(contact, method)
  const now = Date.now()
  await bound(env, `tests of ${userId}`, TESTS_PER_USER, TESTS_WITHIN_MS, 'tests in ten minutes for one user', now)
  const id = `test-${contactId}-${crypto.randomUUID()}`
  const { target } = contact
  await call(env.PAGER, String(userId), (pager) => pager.tryContact(testNotice(id, now), { channel, target }))
  return { id, method: channel }
}

/** How a message to this contact is doing. */
export async function messageStatus(
  env: Env,
  userId: number,
  kind: ContactKind,
  contactId: number,
  id: string,
): Promise<MessageStatus> {
  await findContact(env, userId, kind, contactId)
  const isOfContact = new RegExp(`^(code|test)-${contactId}-`).test(id)
  const fate = isOfContact ? await call(env.PAGER, String(userId), (pager) => pager.fateOf(id)) : null
  if (!fate) throw new Refusal('NOT_FOUND', `No message ${id} to this contact is known, or no longer`)
  return statusOf(fate)
}

function channelFor({ kind, target, smsStopped }: StoredContact, method?: ChannelName): ChannelName {
  const possible = CHANNELS_OF[kind]
  const channel = method ?? possible[0]
  if (!possible.includes(channel))
    throw new Refusal('BAD_REQUEST', `${target} takes ${possible.join(' and ')}, not ${channel}`, 'method')
  if (channel === 'SMS' && smsStopped) {
    throw new Refusal(
      'CONFLICT',
      `No text may go to ${target}: it replied STOP. Text START to the number that they came from, or be called`,
      'method',
    )
  }
  return channel
}

const CHANNELS_OF: Record<ContactKind, [ChannelName, ...ChannelName[]]> = {
  EMAIL: ['EMAIL'],
  PHONE: ['SMS', 'VOICE'],
  TELEGRAM: ['TELEGRAM'],
}

async function bound(env: Env, of: string, most: number, withinMs: number, what: string, now: number): Promise<void> {
  if (await takeTurn(env, { of, most, withinMs }, now)) return
  throw new Refusal('LIMIT_EXCEEDED', `There are at most ${most} ${what}: try again later`)
}

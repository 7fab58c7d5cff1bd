import { Refusal } from '../directory/refusal.ts'
import { saveQuietTimes } from '../directory/users/quiet-times.ts'
import { findUser, type StoredUser } from '../directory/users/users.ts'
import { body, json, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import { type NotificationSettings, notificationSettings as schema } from './schemas/notification-settings.ts'

const tags = ['Notification preferences']
const path = '/users/{id}/notification-settings'
const MOST_MUTED_DAYS = 30
const DAY_MS = 24 * 60 * 60_000

export const notificationSettings = router()

notificationSettings.openapi(
  route('signed-in', {
    ...{ method: 'get', path, tags, summary: 'When a user is not told of incidents' },
    request: { params: idParam },
    responses: { 200: json(schema, 'Their mute, if it is not over, and their quiet hours') },
  }),
  async (c) => c.json(present(await findUser(c.env, c.req.valid('param').id)), 200),
)

notificationSettings.openapi(
  route('self', {
    ...{ method: 'put', path, tags, summary: 'Mute a user, or replace their quiet hours' },
    request: { params: idParam, body: body(schema) },
    responses: { 200: json(schema, 'The settings afterwards') },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    const { mutedUntil, quietHours } = c.req.valid('json')
    const until = mutedUntil === null ? null : new Date(mutedUntil)
    if (until && until.getTime() > Date.now() + MOST_MUTED_DAYS * DAY_MS)
      throw new Refusal('BAD_REQUEST', `can be at most ${MOST_MUTED_DAYS} days ahead`, 'mutedUntil')
    await saveQuietTimes(c.env, id, {
      mutedUntil: until && until.getTime() > Date.now() ? until : null,
      quietHours: quietHours && { from: minutesOf(quietHours.from), to: minutesOf(quietHours.to) },
    })
    return c.json(present(await findUser(c.env, id)), 200)
  },
)

function present({ mutedUntil, quietHours }: StoredUser): NotificationSettings {
  return {
    mutedUntil: mutedUntil && mutedUntil.getTime() > Date.now() ? mutedUntil.toISOString() : null,
    quietHours: quietHours && { from: timeOf(quietHours.from), to: timeOf(quietHours.to) },
  }
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

function timeOf(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

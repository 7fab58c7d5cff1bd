import { env } from 'cloudflare:workers'
import { beforeAll, describe, it } from 'vitest'
import { loadPagerProfile } from '../directory/publish.ts'
import { LIMITS } from '../limits.ts'
import type { NotificationSettings } from './schemas/notification-settings.ts'
import type { UpdatePreference } from './schemas/update-preference.ts'
import type { Contact } from './schemas/user.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

let ada: Client
beforeAll(async () => {
  ada = await deployment()
})

async function person(name: string) {
  const { id } = await ada.person(name)
  const [mailbox] = await ada.get<[Contact]>(`/users/${id}/contacts/emails`)
  const updates = `/users/${id}/notification-preferences/updates`
  return { id, mailbox, updates, settings: `/users/${id}/notification-settings` }
}

describe('status updates', () => {
  it('are chosen, and the Pager knows them', async ({ expect }) => {
    const { id, mailbox, updates } = await person('Bea')
    expect(await ada.get(updates)).toEqual([])
    const input = { method: 'EMAIL', contact: { id: mailbox.id }, type: 'ALERT_ACCEPTED' }
    const made = await ada.post<UpdatePreference>(updates, input)
    expect(made).toEqual({ id: made.id, method: 'EMAIL', contact: mailbox, type: 'ALERT_ACCEPTED' })
    const changed = await ada.put(`${updates}/${made.id}`, { method: 'PUSH', type: 'ALERT_RESOLVED' })
    expect(changed).toEqual({ id: made.id, method: 'PUSH', contact: null, type: 'ALERT_RESOLVED' })
    expect((await loadPagerProfile(env, id))?.updates).toEqual([{ channel: 'PUSH', target: '', type: 'RESOLVED' }])
    await ada.delete(`${updates}/${made.id}`)
    expect(await ada.get(updates)).toEqual([])
  })

  it('say which field is wrong, are limited, and belong to their user', async ({ expect }) => {
    const { id, updates } = await person('Cleo')
    const other = await clientOf((await person('Dan')).id)
    const input = { method: 'PUSH', type: 'ALERT_RESOLVED' }
    expect(await ada.refused('POST', updates, { ...input, method: 'VOICE' })).toMatchObject({ field: 'method' })
    expect(await ada.refused('POST', updates, { ...input, method: 'EMAIL' })).toMatchObject({ field: 'contact' })
    expect(await ada.refused('POST', updates, { ...input, type: 'ALERT_SEEN' })).toMatchObject({ field: 'type' })
    expect(await other.refused('POST', updates, input)).toMatchObject({ status: 403 })
    const own = await clientOf(id)
    for (let n = 0; n < LIMITS.updatePreferencesPerUser; n++) await own.post(updates, input)
    expect(await own.refused('POST', updates, input)).toMatchObject({ status: 409, code: 'LIMIT_EXCEEDED' })
  })
})

describe('notification settings', () => {
  const DAY = 86_400_000
  const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString()

  it('mute a user and give them quiet hours, as the Pager knows', async ({ expect }) => {
    const { id, settings } = await person('Eve')
    expect(await ada.get(settings)).toEqual({ mutedUntil: null, quietHours: null })
    const chosen = { mutedUntil: inDays(29), quietHours: { from: '22:00', to: '07:05' } }
    expect(await ada.put<NotificationSettings>(settings, chosen)).toEqual(chosen)
    expect((await loadPagerProfile(env, id))?.quiet).toEqual({
      ...{ mutedUntil: Date.parse(chosen.mutedUntil), hours: { from: 1320, to: 425 }, timeZone: 'UTC' },
    })
    const over = { mutedUntil: inDays(-1), quietHours: null }
    expect(await ada.put(settings, over)).toEqual({ mutedUntil: null, quietHours: null })
  })

  it('say which field is wrong, and are changed by their user', async ({ expect }) => {
    const { settings } = await person('Fay')
    const none = { mutedUntil: null, quietHours: null }
    expect(await ada.refused('PUT', settings, { ...none, mutedUntil: inDays(31) })).toMatchObject({
      field: 'mutedUntil',
    })
    const hours = (from: string, to: string) => ada.refused('PUT', settings, { ...none, quietHours: { from, to } })
    expect(await hours('24:00', '07:00')).toMatchObject({ field: 'quietHours.from' })
    expect(await hours('07:00', '07:00')).toMatchObject({ field: 'quietHours.to' })
    const gus = await clientOf((await person('Gus')).id)
    expect(await gus.refused('PUT', settings, none)).toMatchObject({ status: 403 })
  })
})

import { env } from 'cloudflare:workers'
import { beforeAll, describe, it } from 'vitest'
import { loadPagerProfile } from '../directory/publish.ts'
import { LIMITS } from '../limits.ts'
import type { OnCallPreference } from './schemas/on-call-preference.ts'
import type { Contact } from './schemas/user.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

let ada: Client
beforeAll(async () => {
  ada = await deployment()
})

/** A new person with a phone. */
async function person(name: string) {
  const { id } = await ada.person(name)
  const phone = await ada.post<Contact>(`/users/${id}/contacts/phone-numbers`, { target: `+4915123${1000 + id}` })
  const [mailbox] = await ada.get<[Contact]>(`/users/${id}/contacts/emails`)
  return { id, phone, mailbox, preferences: `/users/${id}/on-call-preferences` }
}

const remindersOf = async (userId: number) => (await loadPagerProfile(env, userId))?.duties?.reminders

describe('on-call preferences', () => {
  it('live, and the Pager knows them', async ({ expect }) => {
    const { id, phone, mailbox, preferences } = await person('Bea')
    expect(await ada.get(preferences)).toEqual([])
    const text = await ada.post<OnCallPreference>(preferences, {
      method: 'SMS',
      contact: { id: phone.id },
      beforeMin: 15,
    })
    expect(text).toEqual({ id: text.id, method: 'SMS', contact: phone, beforeMin: 15 })
    const mail = await ada.post<OnCallPreference>(preferences, { method: 'EMAIL', contact: { id: mailbox.id } })
    expect(mail.beforeMin).toBe(60)
    // The longest before first.
    expect(await ada.get(preferences)).toEqual([mail, text])

    const push = await ada.put<OnCallPreference>(`${preferences}/${text.id}`, { method: 'PUSH', beforeMin: 1440 })
    expect(push).toEqual({ id: text.id, method: 'PUSH', contact: null, beforeMin: 1440 })
    expect(await remindersOf(id)).toEqual([
      { channel: 'PUSH', target: '', beforeMs: 1440 * 60_000 },
      { channel: 'EMAIL', target: mailbox.target, beforeMs: 60 * 60_000 },
    ])
    await ada.delete(`${preferences}/${push.id}`)
    expect(await ada.get(preferences)).toEqual([mail])
    expect(await ada.refused('DELETE', `${preferences}/${push.id}`)).toMatchObject({ status: 404 })
  })

  it('go with their contact', async ({ expect }) => {
    const { id, phone, preferences } = await person('Cleo')
    await ada.post(preferences, { method: 'SMS', contact: { id: phone.id } })
    await ada.delete(`/users/${id}/contacts/phone-numbers/${phone.id}`)
    expect(await ada.get(preferences)).toEqual([])
    expect(await remindersOf(id)).toEqual([])
  })

  it('say which field is wrong', async ({ expect }) => {
    const { mailbox, preferences } = await person('Dan')
    const other = await person('Eve')
    const field = async (body: object) => (await ada.refused('POST', preferences, body)).field
    expect(await field({ method: 'VOICE' })).toBe('method')
    expect(await field({ method: 'SMS' })).toBe('contact')
    expect(await field({ method: 'SMS', contact: { id: mailbox.id } })).toBe('contact.id')
    expect(await field({ method: 'SMS', contact: { id: other.phone.id } })).toBe('contact.id')
    expect(await field({ method: 'PUSH', contact: { id: mailbox.id } })).toBe('contact')
    expect(await field({ method: 'PUSH', beforeMin: 7 })).toBe('beforeMin')
    expect(await ada.refused('GET', '/users/9999/on-call-preferences')).toMatchObject({ status: 404 })
    expect(await ada.refused('POST', '/users/9999/on-call-preferences', { method: 'PUSH' })).toMatchObject({
      status: 404,
    })
  })

  it('belong to their user: others read them, administrators change them', async ({ expect }) => {
    const { id, preferences } = await person('Fay')
    const fay = await clientOf(id)
    const gus = await clientOf((await person('Gus')).id)
    const own = await fay.post<OnCallPreference>(preferences, { method: 'PUSH' })
    expect(await gus.get(preferences)).toEqual([own])
    expect(await gus.refused('PUT', `${preferences}/${own.id}`, { method: 'PUSH' })).toMatchObject({ status: 403 })
    // Another user's preference is none of one's own.
    expect(await ada.refused('PUT', `/users/1/on-call-preferences/${own.id}`, { method: 'PUSH' })).toMatchObject({
      status: 404,
    })
    await ada.delete(`${preferences}/${own.id}`)
  })

  it('are limited', async ({ expect }) => {
    const { preferences } = await person('Hal')
    for (let n = 0; n < LIMITS.onCallPreferencesPerUser; n++) await ada.post(preferences, { method: 'PUSH' })
    expect(await ada.refused('POST', preferences, { method: 'PUSH' })).toMatchObject({
      ...{ status: 409, code: 'LIMIT_EXCEEDED', message: expect.stringContaining('onCallPreferencesPerUser') },
    })
  })
})

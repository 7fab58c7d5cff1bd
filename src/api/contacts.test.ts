import { env } from 'cloudflare:workers'
import { beforeAll, describe, it } from 'vitest'
import { loadPagerProfile } from '../directory/publish.ts'
import { verified } from '../directory/users/verified.fixtures.ts'
import { LIMITS } from '../limits.ts'
import type { Contact, Preference } from './schemas/user.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

let ada: Client
beforeAll(async () => {
  ada = await deployment()
})

/** A new person with a phone. */
async function person(name: string) {
  const { id } = await ada.person(name)
  const added = await ada.post<Contact>(`/users/${id}/contacts/phone-numbers`, { target: `+49 (151) 23-${1000 + id}` })
  await verified(id, added.id)
  const phone: Contact = { ...added, status: 'OK' }
  const [mailbox] = await ada.get<[Contact]>(`/users/${id}/contacts/emails`)
  return { id, phone, mailbox, preferences: `/users/${id}/notification-preferences/alerts` }
}

describe('contacts', () => {
  it('live', async ({ expect }) => {
    const { id, phone } = await person('Bea')
    expect(phone).toEqual({ id: phone.id, target: `+4915123${1000 + id}`, status: 'OK', faults: [], smsStopped: false })
    const numbers = `/users/${id}/contacts/phone-numbers`
    expect(await ada.refused('POST', numbers, { target: phone.target })).toMatchObject({ status: 409, field: 'target' })
    expect(await ada.refused('POST', numbers, { target: '0151 1' })).toMatchObject({ status: 400, field: 'target' })
    expect(await ada.put(`${numbers}/${phone.id}`, { target: '+15005550006' })).toMatchObject({
      id: phone.id,
      target: '+15005550006',
      status: 'LOCKED',
    })
    const verification = `${numbers}/${phone.id}/verification`
    expect(await ada.refused('PUT', verification, { code: '12345' })).toMatchObject({ status: 400, field: 'code' })
    expect(await ada.refused('PUT', verification, { code: '123456' })).toMatchObject({
      ...{ status: 400, field: 'code', message: expect.stringContaining('No code was sent') },
    })
    const somebodyElse = await clientOf((await ada.person('Zoe')).id)
    for (const path of [verification, `${numbers}/${phone.id}/test`]) {
      expect(await somebodyElse.refused('POST', path, {})).toMatchObject({ status: 403 })
      expect(await somebodyElse.refused('GET', `${path}/test-${phone.id}-x`)).toMatchObject({ status: 403 })
    }
    expect(await ada.refused('GET', `${numbers}/${phone.id}/test/test-${phone.id}-x`)).toMatchObject({ status: 404 })
    expect(await ada.get(`${numbers}/${phone.id}`)).toMatchObject({ target: '+15005550006' })
    expect(await ada.refused('GET', `/users/${id}/contacts/emails/${phone.id}`)).toMatchObject({ status: 404 })
    expect(await ada.refused('DELETE', `/users/1/contacts/phone-numbers/${phone.id}`)).toMatchObject({ status: 404 })
    await ada.delete(`${numbers}/${phone.id}`)
    expect(await ada.get(numbers)).toEqual([])
  })

  it('are limited, also when many are added at once', async ({ expect }) => {
    const { id } = await person('Cleo')
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        ada.raw('POST', `/users/${id}/contacts/emails`, JSON.stringify({ target: `c${n}@example.com` })),
      ),
    )
    const refused = answers.filter(({ status }) => status === 409)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(LIMITS.contactsPerUser - 2)
    expect(await refused[0]?.json()).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('contactsPerUser'),
    })
  })
})

describe('notification preferences', () => {
  it('live, and reach the pager in their order', async ({ expect }) => {
    const { id, phone, mailbox, preferences } = await person('Dan')
    const call = await ada.post<Preference>(preferences, { method: 'VOICE', contact: { id: phone.id }, delayMin: 5 })
    const sms = await ada.post<Preference>(preferences, { method: 'SMS', contact: { id: phone.id } })
    await ada.post(preferences, { method: 'PUSH', delayMin: 1 })
    expect(sms).toEqual({ id: sms.id, method: 'SMS', contact: phone, delayMin: 0, type: 'HIGH_PRIORITY' })
    const steps = async () => (await loadPagerProfile(env, id))?.steps
    expect(await steps()).toEqual({
      HIGH: [
        { channel: 'SMS', target: phone.target, delayMs: 0 },
        { channel: 'PUSH', target: '', delayMs: 60_000 },
        { channel: 'VOICE', target: phone.target, delayMs: 300_000 },
      ],
      LOW: [{ channel: 'EMAIL', target: mailbox.target, delayMs: 0 }],
    })

    const changed = await ada.put<Preference>(`${preferences}/${call.id}`, {
      method: 'EMAIL',
      contact: { id: mailbox.id },
      type: 'LOW_PRIORITY',
      delayMin: 2,
    })
    expect(await ada.get(`${preferences}/${call.id}`)).toEqual(changed)
    expect((await steps())?.LOW).toEqual([{ channel: 'EMAIL', target: mailbox.target, delayMs: 120_000 }])

    // A contact takes its steps with it.
    await ada.delete(`/users/${id}/contacts/phone-numbers/${phone.id}`)
    expect((await ada.get<Preference[]>(preferences)).map(({ method }) => method)).toEqual(['PUSH', 'EMAIL'])
    await ada.delete(`${preferences}/${call.id}`)
    expect(await ada.refused('DELETE', `${preferences}/${call.id}`)).toMatchObject({ status: 404 })
  })

  it('say which field is wrong', async ({ expect }) => {
    const { phone, mailbox, preferences } = await person('Eve')
    const other = await person('Fay')
    const field = async (body: object) => (await ada.refused('POST', preferences, body)).field
    expect(await field({ method: 'PIGEON' })).toBe('method')
    expect(await field({ method: 'SMS' })).toBe('contact')
    expect(await field({ method: 'SMS', contact: { id: mailbox.id } })).toBe('contact.id')
    expect(await field({ method: 'SMS', contact: { id: other.phone.id } })).toBe('contact.id')
    expect(await field({ method: 'EMAIL', contact: { id: phone.id } })).toBe('contact.id')
    expect(await field({ method: 'PUSH', contact: { id: phone.id } })).toBe('contact')
    expect(await field({ method: 'PUSH', delayMin: -1 })).toBe('delayMin')
  })

  it('are limited', async ({ expect }) => {
    const { preferences } = await person('Gus')
    for (let n = 0; n < LIMITS.preferencesPerUser; n++) await ada.post(preferences, { method: 'PUSH', delayMin: n })
    expect(await ada.refused('POST', preferences, { method: 'PUSH' })).toMatchObject({
      ...{ status: 409, code: 'LIMIT_EXCEEDED', message: expect.stringContaining('preferencesPerUser') },
    })
  })
})

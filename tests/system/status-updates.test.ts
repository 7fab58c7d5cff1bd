import { describe } from 'vitest'
import { DAY, MINUTE } from './harness/clock.ts'
import { it, mail, sms, type TestUser, type Tocsin } from './harness/tocsin.ts'

type Type = 'ALERT_ACCEPTED' | 'ALERT_ESCALATED' | 'ALERT_RESOLVED'

/** Wants to hear of these changes by e-mail. */
async function hears(tocsin: Tocsin, { id, contacts }: TestUser, ...types: Type[]) {
  const path = `/users/${id}/notification-preferences/updates`
  const contact = { id: contacts.mailbox.id }
  return Promise.all(types.map((type) => tocsin.api.post<{ id: number }>(path, { method: 'EMAIL', contact, type })))
}

/** Both are told at once, and Ann hears of what others do. */
async function annAndBen(tocsin: Tocsin, ...types: Type[]) {
  const ann = await tocsin.user('Ann', sms())
  const ben = await tocsin.user('Ben', sms())
  await hears(tocsin, ann, ...types)
  await hears(tocsin, ben, ...types)
  const source = await tocsin.source(await tocsin.policy([[ann, ben]]))
  return { ann, ben, source }
}

describe('a status update', () => {
  it('tells who was told what others do, and not who did it', async ({ tocsin }) => {
    const { ann, ben, source } = await annAndBen(tocsin, 'ALERT_ACCEPTED', 'ALERT_RESOLVED')
    const reference = await source.alert('Disk full', { alertKey: 'disk' })
    await ann.getsSms('Disk full')
    await (await ben.getsSms('Disk full')).reply('1a', 'Accepted')
    await ann.getsMail(`${reference} was accepted by Ben Example`)
    await tocsin.carrier.expectSilence()
    // Also who accepted hears that the tool resolved it.
    await source.resolve('disk')
    await ann.getsMail(`${reference} was resolved by`)
    await ben.getsMail(`${reference} was resolved by`)
  })

  it('is nothing for who was never told, has chosen none, or was told more than a week ago', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', mail(4))
    const cleo = await tocsin.user('Cleo', sms())
    await hears(tocsin, ann, 'ALERT_RESOLVED')
    await hears(tocsin, ben, 'ALERT_ACCEPTED', 'ALERT_RESOLVED')
    const source = await tocsin.source(await tocsin.policy([[ann, ben, cleo]]))
    await source.alert('Disk full', { alertKey: 'disk' })
    await ann.getsSms('Disk full')
    await (await cleo.getsSms('Disk full')).reply('1a', 'Accepted')
    await tocsin.carrier.expectSilence()
    await tocsin.pass(7 * DAY + MINUTE)
    await source.resolve('disk')
    await tocsin.carrier.expectSilence()
  })

  it('ends when the user wants none any more', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const [preference] = await hears(tocsin, ann, 'ALERT_ACCEPTED')
    const source = await tocsin.source(await tocsin.policy([[ann, ben]]))
    await source.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.api.delete(`/users/${ann.id}/notification-preferences/updates/${preference?.id}`)
    await (await ben.getsSms('Disk full')).reply('1a', 'Accepted')
    await tocsin.carrier.expectSilence()
  })

  it('tells of an escalation by somebody else', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const cleo = await tocsin.user('Cleo', sms())
    for (const user of [ann, ben, cleo]) await hears(tocsin, user, 'ALERT_ESCALATED')
    const source = await tocsin.source(await tocsin.policy([[ann, ben], [cleo]]))
    const reference = await source.alert('Disk full')
    await ann.getsSms('Disk full')
    await (await ben.getsSms('Disk full')).reply('1e', 'Escalated')
    await ann.getsMail(`${reference} was escalated by Ben Example`)
    await cleo.getsSms('Disk full')
  })
})

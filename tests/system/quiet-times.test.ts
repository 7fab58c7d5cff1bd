import { describe } from 'vitest'
import { HOUR, MINUTE } from './harness/clock.ts'
import { call, it, low, sms, type TestUser, type Tocsin } from './harness/tocsin.ts'

function set(tocsin: Tocsin, { id }: TestUser, settings: { mutedUntil?: number | null; quietHours?: object | null }) {
  const { mutedUntil = null, quietHours = null } = settings
  const until = mutedUntil === null ? null : new Date(mutedUntil).toISOString()
  return tocsin.api.put(`/users/${id}/notification-settings`, { mutedUntil: until, quietHours })
}

describe('who has muted notifications', () => {
  it('holds up nobody, and hears at the end of what is still open, step by step', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms(), call(2))
    const ben = await tocsin.user('Ben', sms())
    const source = await tocsin.source(await tocsin.policy([[ann], [ben]]))
    await set(tocsin, ann, { mutedUntil: Date.now() + HOUR })
    const reference = await source.alert('Disk full')
    await ben.getsSms('Disk full')
    expect(await tocsin.timeline(reference)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/SMS to Ann Example was not sent: notifications are muted until .*10:00/),
        'Ann Example could not be reached on any channel',
      ]),
    )
    await tocsin.pass(HOUR - 1)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(1)
    await ann.getsSms('Disk full')
    await tocsin.pass(2 * MINUTE)
    await ann.getsCall('Disk full')
  })

  it('hears nothing of what was answered meanwhile', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const source = await tocsin.source(await tocsin.policy([[ann], [ben]]))
    await set(tocsin, ann, { mutedUntil: Date.now() + HOUR })
    await source.alert('Disk full')
    await (await ben.getsSms('Disk full')).reply('1a', 'Accepted')
    await tocsin.pass(2 * HOUR)
    await tocsin.carrier.expectSilence()
  })

  it('hears at once when they end it earlier', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms(), call(2))
    const source = await tocsin.source(await tocsin.policy([[ann]]))
    await set(tocsin, ann, { mutedUntil: Date.now() + 10 * HOUR })
    await source.alert('Disk full')
    await tocsin.carrier.ignore()
    await tocsin.pass(HOUR)
    await tocsin.carrier.expectSilence()
    await set(tocsin, ann, {})
    await tocsin.pass(1)
    await ann.getsSms('Disk full')
    await tocsin.pass(2 * MINUTE)
    await ann.getsCall('Disk full')
  })
})

describe('quiet hours', () => {
  it('keep what is not urgent until they are over, and nothing else', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms(), low(sms()))
    const policy = await tocsin.policy([[ann]])
    const urgent = await tocsin.source(policy)
    const source = await tocsin.source(policy, { incidentPriorityRule: 'LOW' })
    await set(tocsin, ann, { quietHours: { from: '08:30', to: '11:00' } })
    await source.alert('Disk half full')
    await tocsin.carrier.expectSilence()
    await urgent.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.pass(2 * HOUR - 1)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(1)
    await ann.getsSms('Disk half full')
  })
})

import { createScheduledController, evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, vi } from 'vitest'
import type { Health } from '../../src/api/schemas/health.ts'
import type { OnCallPreference } from '../../src/api/schemas/on-call-preference.ts'
import { database } from '../../src/directory/database.ts'
import { deliverNotices, pendingNotice } from '../../src/directory/notices.ts'
import type { Notice } from '../../src/notifications/notice.ts'
import worker from '../../src/worker.ts'
import { DAY, HOUR, jumpTo, MINUTE, ringAlarms, standStill } from './harness/clock.ts'
import { settle } from './harness/settle.ts'
import { it, sms, type TestUser, type Tocsin } from './harness/tocsin.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Reminders before a user's shifts; the user's phone for texts, their own mailbox for mails. */
function remind(tocsin: Tocsin, user: TestUser, method: OnCallPreference['method'], beforeMin: number) {
  const { phone, mailbox } = user.contacts
  const contact = method === 'PUSH' ? null : { id: method === 'EMAIL' ? mailbox.id : phone.id }
  return tocsin.api.post<OnCallPreference>(`/users/${user.id}/on-call-preferences`, { method, contact, beforeMin })
}

/** Ann until noon, then Ben, and so on by the day; it is nine o'clock. */
async function annThenBen(tocsin: Tocsin) {
  const ann = await tocsin.user('Ann', sms())
  const ben = await tocsin.user('Ben', sms())
  const primary = await tocsin.schedule('Primary', 'UTC', { users: [ann, ben], startsOn: '2040-01-03T12:00' })
  await tocsin.carrier.ignore()
  return { ann, ben, primary }
}

const watchdog = () => worker.scheduled(createScheduledController({ scheduledTime: new Date() }), env)

function news(given: Partial<Notice> = {}): Notice {
  return {
    ...{ id: 'news-1', title: 'Your shifts have changed', text: 'Mon 9 Jan', path: '/schedules/1' },
    ...{ expiresAt: Date.now() + DAY, ...given },
  }
}

/** A change that tells a user something. */
async function tells(user: { id: number }, notice: Notice): Promise<void> {
  await pendingNotice(database(env), user.id, notice)
  await deliverNotices(env)
}

const pendingNow = () => env.DB.prepare('SELECT COUNT(*) AS n FROM pending_notices').first('n')

describe('a shift', () => {
  it('is reminded of, and its hand-offs are told, where each user chose it', async ({ tocsin }) => {
    const { ann, ben } = await annThenBen(tocsin)
    await remind(tocsin, ann, 'EMAIL', 60)
    await remind(tocsin, ben, 'SMS', 60)
    await remind(tocsin, ben, 'PUSH', 15)
    await tocsin.pass(2 * HOUR - 1)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(1)
    await ben.getsSms('You are on call for Primary in 1 hour')
    await tocsin.pass(45 * MINUTE)
    await ben.getsPush('You are on call for Primary in 15 minutes')
    await tocsin.carrier.expectSilence()
    await tocsin.pass(15 * MINUTE)
    await ann.getsMail('Now on call: Ben Example')
    await ben.getsSms('You are now on call for Primary')
    await ben.getsPush('Before you: Ann Example')
  })

  it('is told the same with D1 failing, and by a Pager that was restarted', async ({ tocsin }) => {
    const { ben } = await annThenBen(tocsin)
    await remind(tocsin, ben, 'SMS', 60)
    vi.spyOn(env.DB, 'batch').mockImplementation(() => {
      throw new Error('D1_ERROR: the database is on fire')
    })
    const restart = () => evictDurableObject(env.PAGER.getByName(String(ben.id)))
    await restart()
    await tocsin.pass(2 * HOUR)
    await ben.getsSms('in 1 hour')
    await restart()
    await tocsin.pass(HOUR)
    await ben.getsSms('You are now on call for Primary')
    await restart()
    await tocsin.pass(DAY)
    await ben.getsSms('Your shift for Primary is over')
  })

  it('is not told to who chose no reminder', async ({ tocsin }) => {
    await annThenBen(tocsin)
    await tocsin.pass(2 * DAY)
  })

  it('is told once after a standstill, as far as it is not over', async ({ tocsin }) => {
    const { ben } = await annThenBen(tocsin)
    await remind(tocsin, ben, 'SMS', 60)
    standStill(3 * HOUR + 20 * MINUTE)
    await ringAlarms()
    await ben.getsSms('You are now on call for Primary')
    await tocsin.carrier.expectSilence()
  })

  it('goes on being known for weeks in which nobody changes anything', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    // Ben's hours are more shifts than anybody takes along; Ann's is the last.
    const hours = Array.from({ length: 500 }, (_, hour) => Date.now() + 2 * hour * HOUR)
    const shifts = hours.map((start, index) => ({
      user: { id: index === hours.length - 1 ? ann.id : ben.id },
      start: new Date(start).toISOString(),
      end: new Date(start + HOUR).toISOString(),
    }))
    await tocsin.api.post('/schedules', { name: 'Hours', timezone: 'UTC', type: 'STATIC', shifts })
    await remind(tocsin, ann, 'SMS', 60)
    await tocsin.carrier.ignore()
    await tocsin.pass((hours.at(-1) ?? 0) - Date.now() - HOUR)
    await ann.getsSms('You are on call for Hours in 1 hour')
    await tocsin.pass(HOUR)
    await ann.getsSms('You are now on call for Hours')
  })

  it('that is taken over is reminded of, by its new times', async ({ tocsin }) => {
    const { ann, ben, primary } = await annThenBen(tocsin)
    await remind(tocsin, ann, 'SMS', 60)
    await remind(tocsin, ben, 'SMS', 60)
    await tocsin.pass(2 * HOUR)
    await ben.getsSms('You are on call for Primary in 1 hour')
    // Ann stays two hours longer.
    await primary.override(ann, Date.now() + HOUR, Date.now() + 3 * HOUR)
    await tocsin.carrier.ignore()
    await tocsin.pass(2 * HOUR)
    await ben.getsSms('You are on call for Primary in 1 hour')
    await tocsin.pass(HOUR)
    await ann.getsSms('Your shift for Primary is over')
    await ben.getsSms('You are now on call for Primary')
  })
})

describe('a notice', () => {
  it('goes to the own address of who chose nothing, with a link and nothing to answer', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    await tells(ann, news())
    const { message } = await ann.getsMail('Your shifts have changed')
    expect(message.text).toContain('https://tocsin.example.com/schedules/1')
    expect(message.actions).toEqual([])
    expect(await pendingNow()).toBe(0)
  })

  it('is told once, however often it is handed over', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    await tells(ann, news())
    await ann.getsMail('Your shifts have changed')
    await tocsin.pass(30 * DAY)
    await tells(ann, news({ expiresAt: Date.now() + DAY }))
    await tocsin.carrier.expectSilence()
    await tells(ann, news({ id: 'news-2' }))
    await ann.getsMail('Your shifts have changed')
  })

  it('waits for a Pager that cannot be reached, and then comes with the watchdog', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const unreachable = vi.spyOn(env.PAGER, 'getByName').mockImplementation(() => {
      throw new Error('the object is not reachable')
    })
    await tells(ann, news())
    expect(await pendingNow()).toBe(1)
    unreachable.mockRestore()
    await watchdog()
    await ann.getsMail('Your shifts have changed')
    expect(await pendingNow()).toBe(0)
  })

  it('takes the own address when the chosen contact fails', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    await remind(tocsin, ann, 'SMS', 60)
    await ann.moves('+15005550001')
    await tells(ann, news())
    await ann.getsMail('Your shifts have changed')
  })

  it('is tried again with a carrier that is busy, until it says nothing useful any more', async ({
    tocsin,
    expect,
  }) => {
    const ann = await tocsin.user('Ann', sms())
    await remind(tocsin, ann, 'SMS', 60)
    await ann.moves('+15005550002')
    await tells(ann, news({ expiresAt: Date.now() + MINUTE }))
    await settle()
    await tocsin.pass(20 * MINUTE)
    await tocsin.carrier.expectSilence()
    await ann.moves('+4915112345099')
    await tells(ann, news({ id: 'news-2' }))
    const { message } = await ann.getsSms('Your shifts have changed')
    expect(message.target).toBe('+4915112345099')
  })

  it('for somebody who is gone is dropped', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    await tocsin.api.delete(`/users/${ann.id}`)
    await tells(ann, news())
    expect(await pendingNow()).toBe(0)
  })
})

describe('the weekly check', () => {
  const monday = Date.parse('2040-01-09T08:00:00Z')

  /** Weekdays are covered by nobody, and Ann has only a mailbox. */
  async function trouble(tocsin: Tocsin) {
    await watchdog()
    const ann = await tocsin.user('Ann')
    const ben = await tocsin.user('Ben', sms())
    const primary = await tocsin.schedule('Primary', 'Europe/Berlin', { users: [ben], startsOn: '2040-01-10T08:00' })
    await tocsin.source(await tocsin.policy([[primary], [ann]]))
    await tocsin.carrier.ignore()
    return { ann, primary }
  }

  it('tells the administrators once, on Monday, what threatens', async ({ tocsin, expect }) => {
    await trouble(tocsin)
    jumpTo(monday - 1)
    await watchdog()
    await tocsin.carrier.expectSilence()
    jumpTo(monday)
    await Promise.all([watchdog(), watchdog()])
    await watchdog()
    const { message } = await tocsin.carrier.expect(tocsin.administrator, 'EMAIL', 'next 14 days')
    expect(message.subject).toBe('On call in the next 14 days: 1 gap, 1 person without phone or push')
    expect(message.text).toMatch(/Primary, Mon 9 Jan 2040.* 09:00 .* Tue 10 Jan 2040.* 08:00 \(Europe\/Berlin\)/)
    expect(message.text).toContain('- Ann Example')
    expect(message.text).not.toContain('Ben')
    await tocsin.carrier.expectSilence()
    jumpTo(monday + 7 * DAY)
    await watchdog()
    await tocsin.carrier.expect(tocsin.administrator, 'EMAIL', '1 person without phone or push')
  })

  it('comes late rather than not at all', async ({ tocsin }) => {
    await trouble(tocsin)
    jumpTo(monday + 3 * HOUR)
    vi.spyOn(env.DB, 'batch').mockImplementationOnce(() => {
      throw new Error('D1_ERROR: the database is on fire')
    })
    await watchdog().catch(() => {})
    await watchdog()
    await tocsin.carrier.expect(tocsin.administrator, 'EMAIL', 'next 14 days')
  })

  it('says nothing when all is well', async ({ tocsin, expect }) => {
    await watchdog()
    const ben = await tocsin.user('Ben', sms())
    const primary = await tocsin.schedule('Primary', 'UTC', { users: [ben], startsOn: '2040-01-01T08:00' })
    await tocsin.source(await tocsin.policy([[primary]]))
    await tocsin.carrier.ignore()
    jumpTo(monday)
    await watchdog()
    await tocsin.carrier.expectSilence()
    const { checks } = await tocsin.api.get<Health>('/health')
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
  })

  it('has its findings on the health page at any time, as no fault of the deployment', async ({ tocsin, expect }) => {
    await trouble(tocsin)
    const { status, checks } = await tocsin.api.get<Health>('/health')
    expect(status).toBe('OK')
    expect(checks.filter(({ ok }) => !ok)).toEqual([
      expect.objectContaining({ name: 'on-call gaps', count: 1, message: expect.stringContaining('Primary') }),
      expect.objectContaining({ name: 'reachability', count: 1, message: expect.stringContaining('Ann Example') }),
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { dayDue, isFollowed, noticeOf, read, type SelfTest, type SelfTestRun, troubleOf } from './self-test.ts'

const at = (text: string) => Date.parse(`2026-11-${text}:00Z`)
const TEST: SelfTest = { userId: 1, contactId: 2, method: 'SMS', hour: 9, since: at('20T10:00') }

function run(given: Partial<SelfTestRun> = {}): SelfTestRun {
  const startedAt = at('24T09:00')
  return {
    ...{ day: '2026-11-24', id: 'self-test-2026-11-24', userId: 1, startedAt, outcome: 'pending', reason: null },
    ...given,
  }
}

describe('a daily test', () => {
  it.for([
    ['20T10:01', null],
    ['21T08:59', null],
    ['21T09:00', '2026-11-21'],
    ['21T23:59', '2026-11-21'],
    // The day before is still owed, should nothing have run then.
    ['22T08:59', '2026-11-21'],
  ] as const)('at %s is owed for %s', ([now, day]) => {
    expect(dayDue(TEST, at(now))).toBe(day)
  })

  it('says that there is nothing to do, and nothing any more after a while', () => {
    expect(noticeOf(run())).toMatchObject({ followed: true, title: "Tocsin's daily test: nothing to do" })
    expect(noticeOf(run()).expiresAt).toBe(at('24T09:20'))
  })

  const word = (outcome: 'sent' | 'failed' | 'delivered' | 'undelivered', reason: string | null = null) => ({
    ...{ outcome, provider: 'twilio', reason, at: 0 },
  })
  it.for([
    ['queued', null, 'pending', null],
    ['scheduled', word('failed', 'busy'), 'pending', 'busy'],
    ['sent', word('sent', 'other: down'), 'sent', null],
    ['sent', word('delivered'), 'delivered', null],
    ['sent', word('undelivered', 'blocked'), 'failed', 'blocked'],
    ['failed', word('failed', 'no such number'), 'failed', 'no such number'],
    ['failed', null, 'failed', 'it was lost on its way'],
    ['withdrawn', word('failed', 'busy'), 'failed', 'it did not go out in time: busy'],
  ] as const)('whose message is %s, said %j, is %s', ([status, said, outcome, reason]) => {
    const { outcome: found, reason: why } = read(run(), { notice: noticeOf(run()), status, said })
    expect([found, why]).toEqual([outcome, reason])
  })

  it('is followed for an hour, in which carriers report', () => {
    expect(isFollowed(run({ outcome: 'sent' }), at('24T09:59'))).toBe(true)
    expect(isFollowed(run({ outcome: 'sent' }), at('24T10:00'))).toBe(false)
    expect(isFollowed(run({ outcome: 'failed' }), at('24T09:01'))).toBe(false)
  })
})

describe('what is wrong with the daily test', () => {
  it.for([
    [run({ outcome: 'sent' }), '25T11:00'],
    [run({ outcome: 'delivered' }), '24T12:00'],
    [run(), '24T09:10'],
    [null, '21T12:00'],
    // It was set up anew after the failure.
    [run({ outcome: 'failed', startedAt: at('20T09:00') }), '20T12:00'],
  ] as const)('is nothing with %j at %s', ([last, now]) => {
    expect(troubleOf(TEST, last, at(now))).toBeNull()
  })

  it.for([
    [run({ outcome: 'sent' }), '25T11:01', 'No daily test has run since 2026-11-24 09:00 UTC'],
    [null, '21T12:01', 'No daily test has run since 2026-11-20 10:00 UTC'],
    [run({ outcome: 'failed', reason: 'no such number' }), '24T09:01', 'by SMS failed: no such number'],
    [run(), '24T09:11', 'is not out yet: look at the queue'],
    [run({ reason: 'busy' }), '24T09:11', 'is not out yet: busy'],
  ] as const)('with %j at %s is told', ([last, now, words]) => {
    expect(troubleOf(TEST, last, at(now))).toContain(words)
  })
})

import { describe, it } from 'vitest'
import { codeNotice, newCode, statusOf, testNotice } from './contact-messages.ts'
import { optOutOf } from './opt-out.ts'

describe('a code', () => {
  it('has six digits, and is another each time', ({ expect }) => {
    const codes = Array.from({ length: 200 }, newCode)
    expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([])
    expect(new Set(codes).size).toBeGreaterThan(150)
  })

  it('is short as a text, and read digit by digit in a call', ({ expect }) => {
    const text = codeNotice('code-1-x', '012345', 'SMS', 0)
    expect(`${text.title}. ${text.text}`).toBe('Your Tocsin code is 012345. It is valid for 15 minutes.')
    const call = codeNotice('code-1-x', '012345', 'VOICE', 0)
    expect(call.title).toBe('Your Tocsin code is 0, 1, 2, 3, 4, 5')
    expect(call).toMatchObject({ followed: true, expiresAt: 15 * 60_000 })
  })
})

describe('what becomes of such a message', () => {
  const fate = (
    status: 'queued' | 'sent' | 'failed' | 'withdrawn',
    outcome?: 'sent' | 'failed' | 'undelivered',
    reason: string | null = null,
  ) =>
    statusOf({
      notice: testNotice('test-1-x', 0),
      status,
      said: outcome ? { outcome, provider: 'twilio', reason, at: 0 } : null,
    })

  it('is said in one word, with the reason', ({ expect }) => {
    expect(fate('queued')).toEqual({ status: 'QUEUED', provider: null, reason: null })
    expect(fate('queued', 'failed', 'busy')).toEqual({ status: 'QUEUED', provider: 'twilio', reason: 'busy' })
    expect(fate('sent', 'sent')).toEqual({ status: 'SENT', provider: 'twilio', reason: null })
    expect(fate('sent', 'undelivered', 'gone')).toEqual({ status: 'FAILED', provider: 'twilio', reason: 'gone' })
    expect(fate('failed', 'failed', 'gone')).toMatchObject({ status: 'FAILED', reason: 'gone' })
    expect(fate('withdrawn')).toMatchObject({ status: 'FAILED', reason: 'it did not go out in time' })
  })
})

describe('an opt-out', () => {
  it('is the whole text, in any case', ({ expect }) => {
    for (const text of ['STOP', ' stop ', 'Unsubscribe', 'END', 'quit', 'CANCEL', 'StopAll'])
      expect(optOutOf(text)).toBe('stop')
    for (const text of ['START', 'yes', 'Unstop']) expect(optOutOf(text)).toBe('start')
    for (const text of ['1a', 'stop the pump', '', 'no']) expect(optOutOf(text)).toBeNull()
  })
})

import fc from 'fast-check'
import { describe, it } from 'vitest'
import { nextTime, parseCron } from './cron.ts'

const at = (text: string) => Date.parse(text)
const NOW = at('2026-03-01T12:00:00Z')

function following(expression: string, timezone: string, after: string, count: number): string[] {
  const times: string[] = []
  for (let time: number | null = at(after); times.length < count; ) {
    time = nextTime(expression, timezone, time)
    if (time === null) break
    times.push(new Date(time).toISOString().slice(0, 16))
  }
  return times
}

describe('the next time of a cron expression', () => {
  it('is strictly after', ({ expect }) => {
    expect(nextTime('0 2 * * *', 'UTC', at('2026-03-01T01:59:59.999Z'))).toBe(at('2026-03-01T02:00:00Z'))
    expect(nextTime('0 2 * * *', 'UTC', at('2026-03-01T02:00:00Z'))).toBe(at('2026-03-02T02:00:00Z'))
    expect(nextTime('0 2 * * *', 'UTC', at('2026-03-01T02:00:00.001Z'))).toBe(at('2026-03-02T02:00:00Z'))
  })

  it('of a fixed time keeps to the wall clock, over the gap in spring', ({ expect }) => {
    // 02:30 does not exist on 29 March: it runs at 03:00, when the gap is over.
    expect(following('30 2 * * *', 'Europe/Berlin', '2026-03-27T12:00Z', 3)).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ])
    expect(following('30 2,14 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', 3)).toEqual([
      '2026-03-28T13:30',
      '2026-03-29T01:00',
      '2026-03-29T12:30',
    ])
  })

  it('of a fixed time comes once in the hour that is repeated in autumn', ({ expect }) => {
    expect(following('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ])
    // A ping in the second 02:45 was for the first 02:30.
    expect(following('30 2 * * *', 'Europe/Berlin', '2026-10-25T01:45Z', 1)).toEqual(['2026-10-26T01:30'])
  })

  it('of each hour comes in both repeated hours, and skips what does not exist', ({ expect }) => {
    expect(following('30 * * * *', 'Europe/Berlin', '2026-10-24T23:45Z', 3)).toEqual([
      '2026-10-25T00:30',
      '2026-10-25T01:30',
      '2026-10-25T02:30',
    ])
    expect(following('30 * * * *', 'Europe/Berlin', '2026-03-29T00:45Z', 2)).toEqual([
      '2026-03-29T01:30',
      '2026-03-29T02:30',
    ])
  })

  it('is the first minute that fits, of any expression', ({ expect }) => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 4 })
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 4 })
    const weekdays = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 })
    const after = fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(minutes, hours, weekdays, after, (minutes, hours, weekdays, after) => {
        const fits = (time: Date) =>
          minutes.includes(time.getUTCMinutes()) &&
          hours.includes(time.getUTCHours()) &&
          weekdays.includes(time.getUTCDay())
        let expected = Math.floor(after.getTime() / 60_000) * 60_000 + 60_000
        while (!fits(new Date(expected))) expected += 60_000
        expect(nextTime(`${minutes} ${hours} * * ${weekdays}`, 'UTC', after.getTime())).toBe(expected)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a written cron expression', () => {
  it.for(['*/5 * * * *', '0 2 * * MON-FRI', '0 2 L * *', '0 2 1 JAN *', '  0   2 * * 1#1 '])(
    'may be "%s"',
    (expression, { expect }) => {
      expect(parseCron(expression, 'Europe/Berlin', NOW)).toEqual({
        expression: expression.trim().replace(/ +/g, ' '),
        timezone: 'Europe/Berlin',
      })
    },
  )

  it.for([
    ['', 'five fields'],
    ['@daily', 'five fields'],
    ['0 0 2 * * *', 'five fields'],
    ['60 * * * *', 'Invalid value for minute: 60'],
    ['* * * * 8', 'Invalid value for dayOfWeek: 8'],
    ['a b c d e', 'illegal characters'],
    ['*/0 * * * *', 'illegal stepping'],
    ['0 0 30 2 *', 'this date does not exist'],
    ['0 0 29 2 *', 'once a year'],
  ] as const)('is refused as "%s", for "%s"', ([expression, words], { expect }) => {
    const parsed = parseCron(expression, 'UTC', NOW)
    expect(parsed).toMatchObject({ field: 'cron' })
    expect('problem' in parsed && parsed.problem).toContain(words)
  })

  it.for(['', 'Mars/Phobos', '+02:00'])('is refused in the zone "%s"', (timezone, { expect }) => {
    expect(parseCron('0 2 * * *', timezone, NOW)).toMatchObject({ field: 'timezone' })
  })

  it('is read or refused whatever it says, never more', ({ expect }) => {
    const anything = fc.oneof(
      fc.string({ maxLength: 100 }),
      fc
        .array(fc.stringMatching(/^[0-9*,/#LW?A-Z-]{1,18}$/), { minLength: 5, maxLength: 5 })
        .map((fields) => fields.join(' ')),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const parsed = parseCron(text, 'Europe/Berlin', NOW)
        if ('problem' in parsed) expect(parsed.problem).not.toBe('')
        else expect(nextTime(parsed.expression, parsed.timezone, NOW)).toBeGreaterThan(NOW)
      }),
      { numRuns: 300 },
    )
  })
})

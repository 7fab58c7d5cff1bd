import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import { LIMITS } from '../limits.ts'
import type { ImportedCalendar } from './schemas/schedule.ts'
import { type Client, clientOf, deployment } from './test-client.ts'

let ada: Client
let bea: { id: number }
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.parse('2040-01-10T12:00:00Z'))
  ada = await deployment()
  bea = await ada.person('Bea')
})
afterAll(() => {
  vi.useRealTimers()
})

const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']

const send = (text: string, type = 'text/calendar; charset=utf-8', client = ada) =>
  client.raw('POST', '/schedules/import', text, { 'content-type': type })
const imported = async (text: string): Promise<ImportedCalendar> => (await send(text)).json()

describe('an imported calendar', () => {
  it('has shifts to come, with the people that it names', async ({ expect }) => {
    const answer = await imported(
      calendar(
        ...['X-WR-CALNAME:Rota', 'X-WR-TIMEZONE:Europe/Berlin'],
        ...event('DTSTART:20400111T080000Z', 'DTEND:20400112T080000Z', 'SUMMARY:On call: bea example'),
        ...event('DTSTART:20400112T080000Z', 'DTEND:20400113T080000Z', 'SUMMARY:x', 'ATTENDEE:mailto:ADA@example.com'),
        ...event('DTSTART:20400113T090000', 'DURATION:PT12H', 'SUMMARY:Somebody else'),
        ...event('DTSTART:20400113T090000', 'SUMMARY:Endless'),
      ),
    )
    expect(answer).toEqual({
      ...{ name: 'Rota', timezone: 'Europe/Berlin' },
      shifts: [
        {
          ...{ start: '2040-01-11T08:00:00.000Z', end: '2040-01-12T08:00:00.000Z', label: 'On call: bea example' },
          user: { id: bea.id, firstName: 'Bea', lastName: 'Example' },
        },
        {
          ...{ start: '2040-01-12T08:00:00.000Z', end: '2040-01-13T08:00:00.000Z', label: 'x' },
          user: { id: 1, firstName: 'Ada', lastName: 'Admin' },
        },
        {
          ...{ start: '2040-01-13T08:00:00.000Z', end: '2040-01-13T20:00:00.000Z', label: 'Somebody else' },
          user: null,
        },
      ],
      skipped: [expect.stringContaining('Endless')],
    })
  })

  it('is read in the zone of whoever imports it where it names none', async ({ expect }) => {
    await ada.put('/users/current', {
      ...{ firstName: 'Ada', lastName: 'Admin', email: 'ada@example.com', timezone: 'Asia/Tokyo' },
    })
    const { shifts, timezone } = await imported(
      calendar(...event('DTSTART:20400111T090000', 'DTEND:20400111T180000', 'SUMMARY:x')),
    )
    expect(shifts).toMatchObject([{ start: '2040-01-11T00:00:00.000Z', end: '2040-01-11T09:00:00.000Z' }])
    expect(timezone).toBeNull()
  })

  it('that is none is refused, and says why', async ({ expect }) => {
    const refused = async (text: string) => (await send(text)).json()
    for (const text of ['', 'hello', '\0\u{1F4A3}'.repeat(1000), 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT', 'END:VEVENT']) {
      expect(await refused(text)).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
    }
  })

  it('that is too much is refused', async ({ expect }) => {
    const daily = event('DTSTART:20400111T090000Z', 'DTEND:20400111T100000Z', 'RRULE:FREQ=DAILY', 'SUMMARY:x')
    const many = await send(calendar(...Array.from({ length: 5 }, () => daily).flat()))
    expect(await many.json()).toMatchObject({ status: 400, message: expect.stringContaining('1000') })
    const large = await send(calendar(`X-NOTE:${'x'.repeat(LIMITS.calendarBytes)}`))
    expect(await large.json()).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' })
  })

  it('that never ends takes no time', async ({ expect }) => {
    const rule = (text: string) =>
      calendar(...event('DTSTART:00010101T000000Z', 'DTEND:00010101T000001Z', `RRULE:${text}`, 'SUMMARY:x'))
    for (const text of [
      'FREQ=SECONDLY',
      'FREQ=DAILY;INTERVAL=0',
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31',
      'FREQ=DAILY;COUNT=999999999',
    ])
      expect([200, 400]).toContain((await send(rule(text))).status)
  })

  it('comes from an administrator, as what it is', async ({ expect }) => {
    const text = calendar()
    expect(await (await send(text, 'application/json')).json()).toMatchObject({
      ...{ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
    })
    expect((await send(text, 'text/calendarish')).status).toBe(415)
    expect((await send(text, 'text/calendar', await clientOf(bea.id))).status).toBe(403)
    expect(await imported(text)).toEqual({ name: null, timezone: null, shifts: [], skipped: [] })
  })
})

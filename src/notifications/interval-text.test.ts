import { describe, it } from 'vitest'
import { intervalText } from './interval-text.ts'

const text = (start: string, end: string, zone: string) =>
  intervalText({ start: Date.parse(start), end: Date.parse(end) }, zone)

describe('the text of an interval', () => {
  it('is in the reader’s own zone, and says which', ({ expect }) => {
    const interval = ['2026-03-02T07:00Z', '2026-03-02T19:00Z'] as const
    expect(text(...interval, 'Europe/Berlin')).toBe('Mon 2 Mar 2026 08:00 – 20:00 (Europe/Berlin)')
    expect(text(...interval, 'Asia/Tokyo')).toBe('Mon 2 Mar 2026 16:00 – Tue 3 Mar 2026 04:00 (Asia/Tokyo)')
  })

  it('tells the two hours of the same name apart', ({ expect }) => {
    expect(text('2026-10-25T00:30Z', '2026-10-25T01:30Z', 'Europe/Berlin')).toBe(
      'Sun 25 Oct 2026 02:30 GMT+2 – 02:30 GMT+1 (Europe/Berlin)',
    )
  })
})

import { describe, it } from 'vitest'
import { duration } from '../api/schemas/alert-source.ts'
import { durationMs } from './duration.ts'

describe('durations', () => {
  it('are read as the API lets them through', ({ expect }) => {
    const minutes = { PT0M: 0, PT30M: 30, PT4H: 240, P1D: 1440, P1DT1H1M: 1501 }
    for (const [text, expected] of Object.entries(minutes)) {
      expect(duration.safeParse(text).success).toBe(true)
      expect(durationMs(text)).toBe(expected * 60_000)
    }
    for (const text of ['P', 'PT', '30M', 'P1M', 'PT1S', '', 'P1DT']) {
      expect(duration.safeParse(text).success, text).toBe(false)
    }
  })
})

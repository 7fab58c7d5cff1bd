import { describe, expect, it } from 'vitest'
import { severityLevel } from './severity.ts'

describe('a severity', () => {
  it.each([
    ['critical', 1],
    [' CRITICAL ', 1],
    ['P1', 1],
    ['down', 1],
    ['error', 2],
    ['high', 2],
    ['warning', 3],
    ['P3', 3],
    ['minor', 4],
    ['info', 5],
    ['ok', 5],
  ])('%j is level %i', (word, level) => {
    expect(severityLevel(word)).toBe(level)
  })

  it.each([null, undefined, '', 'purple', 'constructor', '__proto__', '6', 'x'.repeat(100_000)])(
    'says nothing: %s',
    (word) => {
      expect(severityLevel(word)).toBeNull()
    },
  )

  it('is the worse the more urgent the word', () => {
    const levels = ['critical', 'error', 'warning', 'low', 'info'].map((word) => severityLevel(word) ?? 0)
    expect(levels).toEqual(levels.toSorted((a, b) => a - b))
    expect(new Set(levels).size).toBe(5)
  })
})

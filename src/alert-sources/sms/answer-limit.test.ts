import { describe, it } from 'vitest'
import { AnswerLimit } from './answer-limit.ts'

const MINUTE = 60_000

describe('a sender', () => {
  it('is answered five times in ten minutes, whatever others are', ({ expect }) => {
    const limit = new AnswerLimit()
    for (let count = 0; count < 5; count++) expect(limit.take('+491', count * MINUTE)).toBe(true)
    expect(limit.take('+491', 9 * MINUTE)).toBe(false)
    expect(limit.take('+492', 9 * MINUTE)).toBe(true)
    expect(limit.take('+491', 10 * MINUTE)).toBe(true)
    expect(limit.take('+491', 10 * MINUTE)).toBe(false)
  })

  it('that did something real counts anew', ({ expect }) => {
    const limit = new AnswerLimit()
    for (let count = 0; count < 5; count++) limit.take('+491', 0)
    limit.reset('+491')
    expect(limit.take('+491', 0)).toBe(true)
  })

  it('is forgotten where too many others write', ({ expect }) => {
    const limit = new AnswerLimit()
    for (let count = 0; count < 5; count++) limit.take('+491', 0)
    for (let other = 0; other < 999; other++) limit.take(`+492${other}`, 0)
    expect(limit.take('+491', 0)).toBe(false)
    limit.take('+493', 0)
    expect(limit.take('+491', 0)).toBe(true)
  })
})

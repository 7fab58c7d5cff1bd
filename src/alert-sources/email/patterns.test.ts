import { describe, it } from 'vitest'
import { checkPattern, firstMatch } from './patterns.ts'

describe('a pattern', () => {
  it.for(['(', '[a-', 'a**', '(?=a)b', '(a)\\1', 'a{1001}', '((a{100}){5}){9}', 'x'.repeat(501)])(
    'is refused with what is wrong: %#',
    (pattern, { expect }) => {
      expect(checkPattern(pattern)).toMatch(/^is /)
      expect(firstMatch(pattern, 'aaa')).toBeNull()
    },
  )

  it('knows lines and no case', ({ expect }) => {
    expect(checkPattern('^host: (\\S+)$')).toBeNull()
    expect(firstMatch('^host: (\\S+)$', 'Problem\nHost: web-1\nState: down')).toEqual({
      whole: 'Host: web-1',
      groups: ['web-1'],
    })
  })

  it('may have case where it says so', ({ expect }) => {
    expect(firstMatch('(?-i)host', 'HOST')).toBeNull()
  })

  it('comes to an end on a text that is made for it not to', ({ expect }) => {
    expect(firstMatch('(a+)+$', `${'a'.repeat(30_000)}b`)).toBeNull()
    expect(firstMatch('(.*)(.*)(.*)(.*)x', 'a'.repeat(30_000))).toBeNull()
  })
})

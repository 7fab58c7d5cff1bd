import { describe, it } from 'vitest'
import { durationText, pingText } from './ping-text.ts'

describe('a ping', () => {
  it('is told in words', ({ expect }) => {
    expect(pingText({ kind: 'fail', exitCode: 3 })).toBe('Failed with exit code 3')
    expect(pingText({ kind: 'fail', exitCode: null })).toBe('Failed')
    expect(pingText({ kind: 'success', exitCode: 0 })).toBe('Succeeded')
  })

  it.for([
    [0, '0.0 s'],
    [420, '0.4 s'],
    [12_345, '12 s'],
    [59_700, '1 min'],
    [125_000, '2 min 5 s'],
    [4_320_000, '1 h 12 min'],
  ] as const)('of a run of %i ms took %s', ([ms, text], { expect }) => {
    expect(durationText(ms)).toBe(text)
  })
})

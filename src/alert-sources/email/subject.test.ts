import { describe, it } from 'vitest'
import { conversationSubject, isReplySubject } from './subject.ts'

describe('the subject of a conversation', () => {
  it.for([
    ['Re: Disk full', 'Disk full'],
    ['RE: AW: Fwd: WG: Disk full', 'Disk full'],
    ['Re[2]: Re (3) : Disk full', 'Disk full'],
    ['SV: VS: Antw: TR: Disk full', 'Disk full'],
    ['回复：Disk full', 'Disk full'],
    ['[DOWN] Shop  API', '[DOWN] Shop API'],
    ['Re: [DOWN] Shop API', '[DOWN] Shop API'],
    ['Recovery: Disk full', 'Recovery: Disk full'],
    ['Problem: Re: nothing', 'Problem: Re: nothing'],
    ['Re:', ''],
    ['', ''],
  ] as const)('of "%s" is "%s"', ([subject, expected], { expect }) => {
    expect(conversationSubject(subject)).toBe(expected)
  })

  it('is found in bounded time', ({ expect }) => {
    expect(conversationSubject('Re: '.repeat(100_000)).length).toBeGreaterThan(0)
  })
})

describe('a reply', () => {
  it('is told from a forwarded mail and from any other', ({ expect }) => {
    expect(['Re: x', 'AW: x', 'sv:x', 'Fwd: x', 'WG: x', 'x'].map(isReplySubject)).toEqual([
      ...[true, true, true],
      ...[false, false, false],
    ])
  })
})

import { describe, it } from 'vitest'
import { readReply } from './reply-text.ts'

const QUOTED = '> [PROM-42] Disk full\n>\n> Accept:   https://tocsin.example.com/act/1'

describe('a reply', () => {
  it.for([
    ['accept', 'accept'],
    ['  ACK!', 'accept'],
    ['a', 'accept'],
    ['Übernehme ich.', 'accept'],
    ['u\u0308bernehme', 'accept'],
    ['*angenommen*', 'accept'],
    ['Resolved.\n\nAnn\n-- \nAnn Example', 'resolve'],
    ['r', 'resolve'],
    ['Erledigt', 'resolve'],
    ['gelöst', 'resolve'],
    ['done\nresolve\naccept', 'resolve'],
    ['escalate', 'escalate'],
    ['E', 'escalate'],
    ['Eskalieren!', 'escalate'],
  ] as const)('acts: %s', ([text, act], { expect }) => {
    expect(readReply(text)).toEqual({ act })
  })

  it.for([
    'Do not accept this',
    'accept or resolve?',
    'Thanks, done with lunch.\nLooking now.',
    'constructor',
    '1a',
    'On it: the disk was\nfull of logs.',
  ])('is a comment: %s', (text, { expect }) => {
    expect(readReply(text)).toEqual({ comment: text })
  })

  it.for([
    ['Gmail', `On Wed, 4 Jan 2040 at 09:00, Tocsin <tocsin@example.com> wrote:\n\n${QUOTED}`],
    [
      'Gmail, wrapped',
      `On Wed, 4 Jan 2040 at 09:00, Tocsin of the Example Company <\ntocsin@example.com> wrote:\n\n${QUOTED}`,
    ],
    ['Thunderbird in German', `Am 04.01.40 um 09:00 schrieb Tocsin:\n${QUOTED}`],
    ['Apple Mail in German', `Am 04.01.2040 um 09:00 schrieb Tocsin <tocsin@example.com>:\n\n${QUOTED}`],
    [
      'Outlook',
      'From: Tocsin <tocsin@example.com>\nSent: Wednesday, 4 January 2040 09:00\nTo: Ann\nSubject: Disk full\n\nAccept: https://tocsin.example.com/act/1',
    ],
    [
      'Outlook in German',
      'Von: Tocsin <tocsin@example.com>\nGesendet: Mittwoch, 4. Januar 2040 09:00\nAn: Ann\nBetreff: Disk full\n\nAccept: https://tocsin.example.com/act/1',
    ],
    [
      'Outlook on the web',
      '________________________________\nFrom: Tocsin <tocsin@example.com>\nSubject: Disk full\n\nAccept: https://tocsin.example.com/act/1',
    ],
    ['older programs', '-----Original Message-----\nFrom: Tocsin\n\nAccept: https://tocsin.example.com/act/1'],
  ] as const)('says only what is new, of %s', ([, quote], { expect }) => {
    expect(readReply(`I am on a train,\nback at ten.\n\n${quote}\n`)).toEqual({
      comment: 'I am on a train,\nback at ten.',
    })
    expect(readReply(`ack\n\n${quote}\n`)).toEqual({ act: 'accept' })
    expect(readReply(`\n${quote}\n`)).toBeNull()
  })

  it.for(['', '\n \n', '> accept', '--\nAnn'])('may say nothing: %j', (text, { expect }) => {
    expect(readReply(text)).toBeNull()
  })
})

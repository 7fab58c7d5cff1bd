import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { ActResult } from '../incidents/model.ts'
import { type AnswerAct, answerAllText, answerText, parseReply, shorten, understand } from './answers.ts'
import { aRequest, aWithdrawal } from './paging.fixtures.ts'
import { type PageState, startPage, withdraw } from './paging.ts'

function aPageWithCode(code: number, incidentId = code): PageState {
  return startPage(aRequest({ incidentId, reference: `PROM-${incidentId}` }), [], 1, code, null)
}

/** What somebody is told, or what they are understood to want: "accept PROM-1". */
function replyTo(pages: PageState[], text: string): string {
  const open = pages.filter(({ status }) => status !== 'resolved')
  const understood = understand({ text }, open, (code) => pages.find((page) => page.code === code) ?? null)
  if (!understood.act) return understood.message
  const meant = 'pages' in understood ? understood.pages : [understood.page]
  return `${understood.act} ${meant.map(({ request }) => request.reference).join(' ')}`
}

describe('a reply by text', () => {
  const forms: [text: string, act: AnswerAct, code: number | null][] = [
    ['1a', 'accept', 1],
    ['1A', 'accept', 1],
    ['a1', 'accept', 1],
    ['a 1', 'accept', 1],
    ['1 a', 'accept', 1],
    ["'1 A'", 'accept', 1],
    ['“1a”', 'accept', 1],
    ['1a.', 'accept', 1],
    [' 1a\r\n', 'accept', 1],
    ['a', 'accept', null],
    ['A!', 'accept', null],
    ['accept', 'accept', null],
    ['Accepted', 'accept', null],
    ['accept 12', 'accept', 12],
    ['ack', 'accept', null],
    ['ack 1', 'accept', 1],
    ['ACK #3', 'accept', 3],
    ['acknowledge', 'accept', null],
    ['1r', 'resolve', 1],
    ['r', 'resolve', null],
    ['resolve 2', 'resolve', 2],
    ['c', 'resolve', null],
    ['1c', 'resolve', 1],
    ['close', 'resolve', null],
    ['close #2', 'resolve', 2],
    ['#2 closed', 'resolve', 2],
    ['e', 'escalate', null],
    ['4e', 'escalate', 4],
    ['esc 4', 'escalate', 4],
    ['Escalate', 'escalate', null],
    ['123456a', 'accept', 123456],
  ]

  it.for(forms)('%j means %s %s', ([text, act, code], { expect }) => {
    expect(parseReply(text)).toEqual({ act, code })
  })

  const formsForAll: [text: string, act: AnswerAct, code: number | null][] = [
    ['aa', 'accept', null],
    ['1aa', 'accept', 1],
    ['“1 AA”', 'accept', 1],
    ['accept all', 'accept', null],
    ['1 accept all', 'accept', 1],
    ['rr', 'resolve', null],
    ['1rr', 'resolve', 1],
    ['Resolve all!', 'resolve', null],
    ['ee', 'escalate', null],
  ]

  it.for(formsForAll)('%j means all: %s %s', ([text, act, code], { expect }) => {
    expect(parseReply(text)).toEqual({ act, code, all: true })
  })

  it('for all takes what waits and was told, and nothing else', ({ expect }) => {
    const told = { ...aPageWithCode(1), lastSentAt: 1 }
    const second = { ...aPageWithCode(2), lastSentAt: 2 }
    const neverTold = aPageWithCode(3)
    const answered = withdraw({ ...aPageWithCode(4), lastSentAt: 3 }, aWithdrawal({ incidentId: 4 }))
    expect(replyTo([told, second, neverTold, answered], '1aa')).toBe('accept PROM-1 PROM-2')
    expect(replyTo([neverTold, answered], 'rr')).toBe('Nothing is waiting for your answer.')
    expect(replyTo([told, second], 'ee')).toMatch(/^Escalate incidents one by one. Reply 1a to accept/)
  })

  it('for all is answered with how many', ({ expect }) => {
    expect(answerAllText('accept', { done: 10, others: 0, later: 0 })).toBe('Accepted 10 incidents.')
    expect(answerAllText('resolve', { done: 1, others: 1, later: 70 })).toBe(
      'Resolved 1 incident, 1 incident was answered already, 70 incidents will follow in a moment.',
    )
  })

  const nonsense = [
    'all',
    'accept all please',
    '',
    ' ',
    '?',
    '1',
    'no',
    '1x',
    'accept please',
    '1a 2a',
    '1a2',
    '1234567a',
    'constructor',
    '接受',
    'a'.repeat(100_000),
    '1a '.repeat(100_000),
  ]

  it.for(nonsense.map((text) => [text] as const))('%.20j is not understood', ([text], { expect }) => {
    expect(parseReply(text)).toBeNull()
  })

  it('is answered in a line, whatever it says', ({ expect }) => {
    const words = fc.constantFrom('a', '1', ' ', '#', '1a', 'accept', '\n', '\u0000', '“', '😀', 'É')
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 400 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const answer = replyTo([aPageWithCode(1)], text)
        expect(answer.length).toBeGreaterThan(0)
        expect(answer.length).toBeLessThan(160)
      }),
    )
  })
})

describe('what a reply means', () => {
  const [first, second] = [aPageWithCode(1, 41), aPageWithCode(2, 42)]
  const resolved = withdraw(aPageWithCode(3, 43), aWithdrawal({ reason: 'resolved', message: 'resolved by Ben' }))
  const answered = withdraw(aPageWithCode(4, 44), aWithdrawal({ reason: 'answered', message: 'accepted by Ben' }))

  it('is the page with its code', ({ expect }) => {
    expect(replyTo([first, second], '2a')).toBe('accept PROM-42')
  })

  it('is the first of those given, without a code', ({ expect }) => {
    expect(replyTo([second, first], 'r')).toBe('resolve PROM-42')
  })

  it('can be a page that was answered: its incident is still open', ({ expect }) => {
    expect(replyTo([answered], '4r')).toBe('resolve PROM-44')
  })

  it('is explained where the incident is over', ({ expect }) => {
    expect(replyTo([first, resolved], '3a')).toBe('PROM-43 was already resolved by Ben.')
  })

  it('is asked for again where nobody has the code', ({ expect }) => {
    expect(replyTo([first], '9a')).toBe(
      'There is no 9. Reply 1a to accept, 1r to resolve, 1e to escalate. Open: 1 PROM-41.',
    )
  })

  it('is asked for again where nothing was understood, with what is open', ({ expect }) => {
    const pages = [1, 2, 3, 4, 5].map((code) => aPageWithCode(code))
    expect(replyTo(pages, 'hello')).toBe(
      'Sorry, that was not understood. Reply 1a to accept, 1r to resolve, 1e to escalate. ' +
        'Open: 1 PROM-1, 2 PROM-2, 3 PROM-3 and 2 more.',
    )
  })

  it.for(['a', '1a', 'hello'])('is told where nothing is waiting: %s', (text, { expect }) => {
    expect(replyTo([], text)).toMatch(/Nothing is waiting for you\.$/)
  })
})

describe('an answer with a button or a key', () => {
  const page = aPageWithCode(1, 41)
  const ask = (question: Parameters<typeof understand>[0]) => understand(question, [page], () => null)

  it.for([
    ['1', 'accept'],
    ['2', 'resolve'],
    ['3', 'escalate'],
  ] as const)('%s on the phone means %s', ([digit, act], { expect }) => {
    expect(ask({ digit, incidentId: 41 })).toEqual({ act, page })
  })

  it('is the act that it says', ({ expect }) => {
    expect(ask({ action: 'escalate', incidentId: 41 })).toEqual({ act: 'escalate', page })
  })

  it.for(['0', '9', '*', '', '11', 'constructor', '__proto__'])('%j is no key', (digit, { expect }) => {
    expect(ask({ digit, incidentId: 41 })).toEqual({
      act: null,
      message: 'Press 1 to accept, 2 to resolve, 3 to escalate.',
    })
  })

  it('of an incident that is over says so', ({ expect }) => {
    const over = { act: null, message: 'This incident is over: there is nothing left to do.' }
    expect(ask({ digit: '1', incidentId: 99 })).toEqual(over)
    expect(ask({ action: 'accept', incidentId: 99 })).toEqual(over)
  })
})

describe('what somebody is told happened', () => {
  const page = aPageWithCode(1, 41)
  const tell = (act: AnswerAct, result: Partial<ActResult> = {}, own = 'Ann') =>
    answerText(act, { outcome: 'done', message: '', status: 'ACCEPTED', ...result }, page, {
      name: own,
      channel: 'sms',
    })

  it('names the incident', ({ expect }) => {
    expect(tell('accept')).toBe('Accepted PROM-41: Disk full on db-1. Reply 1r when it is resolved.')
    expect(tell('resolve')).toBe('Resolved PROM-41: Disk full on db-1.')
    expect(tell('escalate')).toBe('Escalated PROM-41: Disk full on db-1. The next level is being paged.')
  })

  it('says who was faster', ({ expect }) => {
    const result = { outcome: 'already-accepted', message: 'PROM-41 was already accepted by Ben' } as const
    expect(tell('accept', result)).toBe('PROM-41 was already accepted by Ben.')
    expect(tell('accept', result, 'Ben')).toBe('PROM-41 was already accepted by you.')
  })

  it('takes nobody for somebody whose name begins alike', ({ expect }) => {
    const result = { outcome: 'already-accepted', message: 'PROM-41 was already accepted by Ann Smith' } as const
    expect(tell('accept', result, 'Ann')).toBe('PROM-41 was already accepted by Ann Smith.')
    expect(tell('accept', result, 'Ann Smith')).toBe('PROM-41 was already accepted by you.')
    expect(tell('accept', result, '')).toBe('PROM-41 was already accepted by Ann Smith.')
  })

  it('says why an act was refused', ({ expect }) => {
    expect(tell('escalate', { outcome: 'nobody-to-escalate-to', message: 'Nobody is there' })).toBe('Nobody is there.')
  })
})

describe('a shortened text', () => {
  it('is never longer than asked, and whole where it fits', ({ expect }) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, length) => {
        const short = shorten(text, length)
        expect(short.length).toBeLessThanOrEqual(length)
        if (text.length <= length) expect(short).toBe(text)
        else expect(short).toMatch(/…$/)
      }),
    )
  })

  it('does not cut a character in two', ({ expect }) => {
    expect(shorten('ab😀cd', 4)).toBe('ab…')
  })
})

import type { ActResult, AnswerChannel } from '../incidents/model.ts'
import { ACCEPTED_BY_YOU, ESCALATED_BY_YOU } from '../incidents/model.ts'
import type { PageState } from './paging.ts'

/** What people can do with a notification, on every channel alike. */
export type AnswerAct = 'accept' | 'resolve' | 'escalate'

/** An answer as its channel delivers it. */
export type Question =
  | { text: string }
  /** `incidentId` null: all that wait. */
  | { digit: string; incidentId: number | null }
  | { action: AnswerAct; incidentId: number | null }

/** Digits of a call. */
export const DIGITS: Record<string, AnswerAct> = { '1': 'accept', '2': 'resolve', '3': 'escalate' }

/** Words of a text, the letter first that notifications offer. */
const WORDS: Record<AnswerAct, readonly string[]> = {
  accept: ['a', 'accept', 'accepted', 'ack', 'acknowledge', 'acknowledged'],
  resolve: ['r', 'resolve', 'resolved', 'c', 'close', 'closed'],
  escalate: ['e', 'escalate', 'esc'],
}

/** What can be done with many incidents at once. Escalating is not: it would wake others by the dozen. */
export type ActOnAll = Exclude<AnswerAct, 'escalate'>

/** Words that mean all: the letter twice. */
const DOUBLED: Record<string, AnswerAct> = { aa: 'accept', rr: 'resolve', ee: 'escalate' }

type Understood =
  | { act: AnswerAct; page: PageState }
  | { act: ActOnAll; pages: PageState[] }
  | { act: null; message: string }

/**
 * Finds out what a person wants and with which of their pages.
 *
 * @param open their pages of open incidents, those first that ask for attention, the last told first
 * @param byCode the page a code means, also a resolved one whose code is not given again yet
 */
export function understand(
  question: Question,
  open: PageState[],
  byCode: (code: number) => PageState | null,
): Understood {
  if ('text' in question) return understandText(question.text, open, byCode)
  const act = 'action' in question ? question.action : Object.hasOwn(DIGITS, question.digit) && DIGITS[question.digit]
  if (!act) return { act: null, message: `Press 1 to accept, 2 to resolve, 3 to escalate.` }
  if (question.incidentId === null) return understandAll(act, open)
  const page = open.find(({ request }) => request.incidentId === question.incidentId)
  if (!page) return { act: null, message: 'This incident is over: there is nothing left to do.' }
  return once(act, page)
}

/** A second press, or the same text twice, must not page one level more. */
function once(act: AnswerAct, page: PageState): Understood {
  if (act === 'escalate' && page.ended === ESCALATED_BY_YOU) {
    return { act: null, message: `${page.request.reference} was already ${page.ended}. The next level is being paged.` }
  }
  return { act, page }
}

/** What the person is told happened. */
export function answerText(
  act: AnswerAct,
  result: ActResult,
  { request, code }: PageState,
  { name: ownName, channel }: { name: string; channel: AnswerChannel },
): string {
  const what = `${request.reference}: ${shorten(request.summary, 80)}`
  if (result.outcome === 'done') {
    switch (act) {
      case 'accept':
        return `Accepted ${what}.${channel === 'sms' ? ` Reply ${code}r when it is resolved.` : ''}`
      case 'resolve':
        return `Resolved ${what}.`
      case 'escalate':
        return `Escalated ${what}. The next level is being paged.`
    }
  }
  const own = ` by ${ownName}`
  return ownName && result.message.endsWith(own)
    ? `${result.message.slice(0, -own.length)} by you.`
    : `${result.message}.`
}

/** The same where the answer was meant for many; `later`: those that are still being worked off. */
export function answerAllText(
  act: ActOnAll,
  { done, others, later }: Record<'done' | 'others' | 'later', number>,
): string {
  const verb = act === 'accept' ? 'Accepted' : 'Resolved'
  const parts = [`${verb} ${count(done)}`]
  if (others > 0) parts.push(`${count(others)} ${others === 1 ? 'was' : 'were'} answered already`)
  if (later > 0) parts.push(`${count(later)} will follow in a moment`)
  return `${parts.join(', ')}.`
}

/** Whether an answer says that something was done, and not why it was not. */
export function isDone(answer: string): boolean {
  return /^(Accepted|Resolved|Escalated) /.test(answer)
}

function understandText(text: string, open: PageState[], byCode: (code: number) => PageState | null): Understood {
  const parsed = parseReply(text)
  if (!parsed) return { act: null, message: `Sorry, that was not understood. ${help(open)}` }
  const { act, code } = parsed
  if (parsed.all) return understandAll(act, open)
  if (code === null) {
    const page = open[0]
    return page ? once(act, page) : { act: null, message: help(open) }
  }
  const page = byCode(code)
  if (!page) return { act: null, message: `There is no ${code}. ${help(open)}` }
  if (page.status === 'resolved')
    return { act: null, message: `${page.request.reference} was already ${page.ended ?? 'resolved'}.` }
  return once(act, page)
}

/**
 * All that still asks for an answer and that the person has heard of: nobody answers what they were never told. Where
 * nothing does any more, resolving is about what they accepted: first `aa`, and `rr` when it is done.
 */
function understandAll(act: AnswerAct, open: PageState[]): Understood {
  if (act === 'escalate') return { act: null, message: `Escalate incidents one by one. ${help(open)}` }
  const waiting = open.filter(({ status, lastSentAt }) => status === 'open' && lastSentAt > 0)
  const accepted = open.filter(({ status, ended }) => status === 'answered' && ended === ACCEPTED_BY_YOU)
  const pages = waiting.length === 0 && act === 'resolve' ? accepted : waiting
  return pages.length > 0 ? { act, pages } : { act: null, message: 'Nothing is waiting for your answer.' }
}

/** `1a`, `a1`, `a`, `accept`, `ack #1`, and for all `aa`, `1aa`, `accept all`, with quotes, spaces and case as they come. */
export function parseReply(text: string): { act: AnswerAct; code: number | null; all?: true } | null {
  const plain = text
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
  const match = /^(?:(\d{1,6}) ?([a-z]+)( all)?|([a-z]+)( all)? ?(\d{1,6})?)$/.exec(plain)
  if (!match) return null
  const word = match[2] ?? match[4] ?? ''
  const digits = match[1] ?? match[6]
  const code = digits === undefined ? null : Number(digits)
  if (Object.hasOwn(DOUBLED, word)) return { act: DOUBLED[word] as AnswerAct, code, all: true }
  const act = (Object.keys(WORDS) as AnswerAct[]).find((candidate) => WORDS[candidate].includes(word))
  if (!act) return null
  return (match[3] ?? match[5]) ? { act, code, all: true } : { act, code }
}

function count(incidents: number): string {
  return `${incidents} ${incidents === 1 ? 'incident' : 'incidents'}`
}

function help(open: PageState[]): string {
  const first = open[0]
  if (!first) return 'Nothing is waiting for you.'
  const waiting = open.slice(0, 3).map(({ code, request }) => `${code} ${request.reference}`)
  const more = open.length > 3 ? ` and ${open.length - 3} more` : ''
  return `Reply ${first.code}a to accept, ${first.code}r to resolve, ${first.code}e to escalate. Open: ${waiting.join(', ')}${more}.`
}

/** At most `length` UTF-16 units, the mark for what is missing among them, and no character cut in two. */
export function shorten(text: string, length: number, mark = '…'): string {
  if (text.length <= length) return text
  const start = text.slice(0, length - mark.length).replace(/[\uD800-\uDBFF]$/, '')
  return `${start.trimEnd()}${mark}`
}

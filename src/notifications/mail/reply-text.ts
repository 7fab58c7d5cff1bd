import { newText } from '../../alert-sources/email/new-text.ts'
import type { AnswerAct } from '../answers.ts'

/** What somebody wants who replies by mail: an act, or to say something. Null: they wrote nothing. */
export type MailAnswer = { act: AnswerAct } | { comment: string } | null

/** The first line with anything on it is the answer, if it is one of the words and nothing else; otherwise all is a comment. */
export function readReply(text: string): MailAnswer {
  const lines = written(text)
  const first = lines.find((line) => bare(line) !== '')
  if (first === undefined) return null
  const word = bare(first)
  const act = (Object.keys(WORDS) as AnswerAct[]).find((candidate) => WORDS[candidate].includes(word))
  return act ? { act } : { comment: lines.join('\n').trim() }
}

const WORDS: Record<AnswerAct, readonly string[]> = {
  accept: [
    ...['accept', 'accepted', 'ack', 'acknowledge', 'acknowledged', 'a'],
    ...['annehmen', 'angenommen', 'übernehme', 'übernehmen', 'übernommen', 'ich übernehme', 'übernehme ich'],
  ],
  resolve: ['resolve', 'resolved', 'r', 'done', 'fixed', 'close', 'closed', 'gelöst', 'erledigt', 'behoben'],
  escalate: ['escalate', 'e', 'esc', 'eskalieren', 'eskaliere'],
}

/** What is new, line by line, without the mail that it answers. */
function written(text: string): string[] {
  // Where nothing is new, all would be taken for new: with a line of ours above, something is.
  const [, ...lines] = newText(`${OURS}\n${text}`).split('\n')
  const quoteFrom = lines.findIndex((line) =>
    QUOTE_BEGINS.some((pattern) => pattern.test(line.slice(0, LINE_CHARACTERS))),
  )
  return (quoteFrom < 0 ? lines : lines.slice(0, quoteFrom)).filter((line) => !line.startsWith('>'))
}

const OURS = 'Tocsin'
const LINE_CHARACTERS = 300

/** How mail programs introduce what they quote, where it is not marked line by line. */
const QUOTE_BEGINS = [
  /^\s*-{2,}\s*(original message|ursprüngliche nachricht)/i,
  /^\s*\*?(from|von):\*?\s.*@/i,
  /^\s*(on|am)\s.{1,250}\s(wrote|schrieb)\b.{0,120}:\s*$/i,
  /^_{10,}\s*$/,
]

/** In lower case, without punctuation and marks. */
function bare(line: string): string {
  return line
    .slice(0, LINE_CHARACTERS)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

import { RE2JS } from 're2js'
import { remembered } from './remembered.ts'

/** Regular expressions and globs of conditions. RE2: the time is linear in the text, whatever the expression. */

const PATTERNS = 200
/** Characters of a text that a pattern is looked for in. */
const TEXT_CHARACTERS = 4096
/** Counted repeats make a short expression long. */
const PROGRAM_SIZE = 500

/** Characters in which the rules of one event may look for patterns, all together: some 200 ms at the very worst. */
const SEARCHED_CHARACTERS = 500_000
/** Conditions are evaluated without a pause, one event after the other. */
let left = SEARCHED_CHARACTERS

/** The rules of an event begin. */
export function beginSearching(): void {
  left = SEARCHED_CHARACTERS
}

/** Whether the expression matches anywhere in the text. */
export function matchesExpression(text: unknown, expression: string): boolean {
  return matches(text, expression)
}

/** Whether the whole text is as the glob says: `*` for any text, `?` for one character. */
export function matchesGlob(text: unknown, glob: string): boolean {
  return matches(text, expressionOf(glob))
}

/** What is wrong with an expression; null: nothing. */
export function expressionProblem(expression: string): string | null {
  const compiled = compile(expression)
  return 'problem' in compiled ? compiled.problem : null
}

function matches(text: unknown, expression: string): boolean {
  if (text === null) return false
  if (typeof text !== 'string') throw new Error('only a text can be searched: convert with string(…)')
  const compiled = compile(expression)
  if ('problem' in compiled) throw new Error(compiled.problem)
  const searched = text.slice(0, TEXT_CHARACTERS)
  // Within a loop it is often the same text again.
  if (compiled.last?.text !== searched) {
    left -= searched.length
    if (left < 0) throw new Error('the rules of this source search too much text in one event')
    compiled.last = { text: searched, found: compiled.pattern.test(searched) }
  }
  return compiled.last.found
}

type Compiled = { pattern: RE2JS; last?: { text: string; found: boolean } } | { problem: string }

const compile = remembered(PATTERNS, (expression): Compiled => {
  try {
    const pattern = RE2JS.compile(expression)
    return pattern.programSize() > PROGRAM_SIZE
      ? { problem: 'the pattern is too large: use smaller counts in { }' }
      : { pattern }
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return { problem: `the pattern is not valid: ${message.replace('error parsing regexp: ', '')}` }
  }
})

function expressionOf(glob: string): string {
  const parts = glob.split(/([*?])/)
  const expression = parts.map((part) => (part === '*' ? '.*' : part === '?' ? '.' : RE2JS.quote(part))).join('')
  return `(?s)^${expression}$`
}

import { RE2JS } from 're2js'
import { LIMITS } from '../../limits.ts'

/**
 * Regular expressions that people write, run by RE2, whose time is linear: JavaScript's own could be made to run for days.
 * No regard to case, and `^` and `$` are at every line's ends, because a mail's text is lines such as `Host: web-1`.
 */

/** What is wrong with a pattern, in words that go on from its field's name; null: nothing. */
export function checkPattern(pattern: string): string | null {
  const compiled = compile(pattern)
  return 'problem' in compiled ? compiled.problem : null
}

/** The first match, with its groups as they took part; null: there is none, or the pattern is not valid. */
export function firstMatch(pattern: string, text: string): { whole: string; groups: (string | null)[] } | null {
  const compiled = compile(pattern)
  if ('problem' in compiled) return null
  const matcher = compiled.regex.matcher(text.slice(0, SEARCHED_CHARACTERS))
  if (!matcher.find()) return null
  const groups = Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1))
  return { whole: matcher.group() ?? '', groups }
}

/** Linear, but in the pattern's size times the text's. */
const SEARCHED_CHARACTERS = 32_768
const PROGRAM_SIZE = 600

/** Used with every mail again; the oldest goes first. */
const MOST_COMPILED = 200
const compiled = new Map<string, Compiled>()

type Compiled = { regex: RE2JS } | { problem: string }

function compile(pattern: string): Compiled {
  const known = compiled.get(pattern)
  if (known) return known
  const fresh = compileAfresh(pattern)
  if (compiled.size >= MOST_COMPILED) compiled.delete(compiled.keys().next().value ?? '')
  compiled.set(pattern, fresh)
  return fresh
}

function compileAfresh(pattern: string): Compiled {
  if (pattern.length > LIMITS.patternCharacters)
    return { problem: `is longer than ${LIMITS.patternCharacters} characters` }
  try {
    const regex = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE)
    if (regex.programSize() > PROGRAM_SIZE)
      return { problem: 'is too complex: repeat less, such as {1,50} in place of {500}' }
    return { regex }
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error)
    return { problem: `is no regular expression that RE2 knows: ${why}` }
  }
}

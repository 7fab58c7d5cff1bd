import { EvaluationError, ParseError, TypeError as TypeMismatch } from '@marcbachmann/cel-js'
import { cutText } from '../bounded-event.ts'
import { placeOf } from './place.ts'

/** What the parser or the type check says about a condition, for people. */
export function conditionProblemWords(error: unknown, text: string): string {
  if (!(error instanceof ParseError || error instanceof TypeMismatch)) return 'The condition can’t be read.'
  const at = Math.min(error.range?.start ?? 0, text.length)
  return cutText(`${placeOf(text, at)}: ${explained(error, text, at)}.`, 400)
}

/** Why a condition could not be evaluated, and whether that is for something absent. */
export function evaluationWords(error: unknown): { undecided: string } | { failed: string } {
  if (!(error instanceof EvaluationError)) {
    return { failed: cutText(error instanceof Error ? `${error.message}.` : 'The condition can’t be evaluated.', 400) }
  }
  if (ABSENT.has(error.code) || (OVERLOADS.has(error.code) && /\bnull\b/.test(error.summary))) {
    return { undecided: 'something that it needs is absent' }
  }
  return { failed: cutText(`${explained(error, '', 0)}.`, 400) }
}

const ABSENT = new Set(['no_such_key', 'index_out_of_bounds', 'optional_value_missing'])
const OVERLOADS = new Set(['no_such_overload', 'no_matching_overload'])

function explained({ code, summary }: ParseError | TypeMismatch | EvaluationError, text: string, at: number): string {
  switch (code) {
    case 'unknown_variable':
      return `there is no “${summary.replace('Unknown variable: ', '')}”: a condition sees event, payload, source and now, and texts are in quotes`
    case 'unexpected_character':
      if (text[at] === '=') return 'a comparison is written with ==, not with ='
      if (/^(and|or)\b/i.test(text.slice(at))) return '“and” is written &&, “or” is written ||'
      return `“${text[at] ?? ''}” is not expected here`
    case 'unexpected_token':
    case 'expected_token':
      return inSigns(summary)
    case 'limit_exceeded':
      return 'the condition is too large: make two rules of it'
    case 'no_such_overload':
      return `“${inPlainTypes(summary.replace('no such overload: ', ''))}” is not possible: convert with int(…), double(…) or string(…)`
    case 'no_matching_overload':
      return `${inPlainTypes(summary.replace('found no matching overload for ', ''))} is not possible: something else is needed there`
    case 'invalid_logical_operand':
      return inPlainTypes(
        summary.replace('Logical operator requires bool operands, got', '&& and || need true or false, not'),
      )
    case 'invalid_comprehension_range':
      return 'only a list can be gone through'
    default:
      return inPlainTypes(summary)
  }
}

const SIGNS: Record<string, string> = {
  ...{ EOF: 'the end', RPAREN: '“)”', LPAREN: '“(”', RBRACKET: '“]”', LBRACKET: '“[”', RBRACE: '“}”', LBRACE: '“{”' },
  ...{ DOT: '“.”', COMMA: '“,”', COLON: '“:”', QUESTION: '“?”', EQ: '“==”', NE: '“!=”', AND: '“&&”', OR: '“||”' },
  ...{ LT: '“<”', LE: '“<=”', GT: '“>”', GE: '“>=”', IN: '“in”', NOT: '“!”', PLUS: '“+”', MINUS: '“-”' },
  ...{ MULTIPLY: '“*”', DIVIDE: '“/”', MODULO: '“%”', IDENTIFIER: 'a name', STRING: 'a text', NUMBER: 'a number' },
}

/** "Expected RPAREN, got EOF" */
function inSigns(summary: string): string {
  const words = summary.replace(/\b[A-Z]{2,}\b/g, (token) => SIGNS[token] ?? token.toLowerCase())
  return words
    .replace('Unexpected token: ', 'not expected here: ')
    .replace('Expected', 'expected')
    .replace('got', 'but there is')
}

/** "dyn<string> > int" */
function inPlainTypes(summary: string): string {
  return summary
    .replace(/\bdyn<([^<>]*)>/g, '$1')
    .replace(/\bstring\b/g, 'text')
    .replace(/\b(int|uint|double)\b/g, 'number')
    .replace(/\bbool\b/g, 'true/false')
    .replace(/\bmap(<[^>]*>)?/g, 'object')
    .replace(/\blist<.*?>/g, 'list')
    .replace(/\bgoogle\.protobuf\.(Timestamp|Duration)\b/g, (_, name: string) => name.toLowerCase())
}

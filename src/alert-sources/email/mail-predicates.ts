import type { InboundMail, MailField, MailPredicate } from './mail.ts'
import { checkPattern, firstMatch } from './patterns.ts'

export function fieldOf(mail: InboundMail, field: MailField): string {
  switch (field) {
    case 'EMAIL_FROM':
      return mail.from
    case 'EMAIL_SUBJECT':
      return mail.subject
    case 'EMAIL_BODY':
      return mail.text
  }
}

/** Without patterns that are not valid: those were refused when they were saved, and a mail must not be lost over them. */
export function usable(predicates: MailPredicate[]): MailPredicate[] {
  return predicates.filter(({ criteria, value }) => !criteria.endsWith('_REGEX') || checkPattern(value) === null)
}

/** Whether a mail passes all (AND) or any (OR) of the predicates, of which there is at least one. */
export function passes(mail: InboundMail, predicates: MailPredicate[], operator: 'AND' | 'OR'): boolean {
  return operator === 'AND'
    ? predicates.every((predicate) => holds(mail, predicate))
    : predicates.some((predicate) => holds(mail, predicate))
}

/** In words, for the reason why a mail is dropped. */
export function described({ field, criteria, value }: MailPredicate): string {
  return `${FIELD_WORDS[field]} ${CRITERIA_WORDS[criteria]} “${value}”`
}

/** The first predicate that a mail fails. */
export function firstFailed(mail: InboundMail, predicates: MailPredicate[]): MailPredicate | undefined {
  return predicates.find((predicate) => !holds(mail, predicate))
}

export const FIELD_WORDS: Record<MailField, string> = {
  EMAIL_FROM: 'the sender',
  EMAIL_SUBJECT: 'the subject',
  EMAIL_BODY: 'the text',
}

const CRITERIA_WORDS: Record<MailPredicate['criteria'], string> = {
  CONTAINS_ANY_WORDS: 'contains any of the words',
  CONTAINS_NOT_WORDS: 'contains none of the words',
  CONTAINS_STRING: 'contains',
  CONTAINS_NOT_STRING: 'does not contain',
  IS_STRING: 'is',
  IS_NOT_STRING: 'is not',
  MATCHES_REGEX: 'matches',
  MATCHES_NOT_REGEX: 'does not match',
}

/** Without regard to case, as iLert compares. */
function holds(mail: InboundMail, { field, criteria, value }: MailPredicate): boolean {
  const text = fieldOf(mail, field)
  switch (criteria) {
    case 'CONTAINS_ANY_WORDS':
      return containsAnyWord(text, value)
    case 'CONTAINS_NOT_WORDS':
      return !containsAnyWord(text, value)
    case 'CONTAINS_STRING':
      return fold(text).includes(fold(value))
    case 'CONTAINS_NOT_STRING':
      return !fold(text).includes(fold(value))
    case 'IS_STRING':
      return fold(text) === fold(value)
    case 'IS_NOT_STRING':
      return fold(text) !== fold(value)
    case 'MATCHES_REGEX':
      return firstMatch(value, text) !== null
    case 'MATCHES_NOT_REGEX':
      return firstMatch(value, text) === null
  }
}

function containsAnyWord(text: string, words: string): boolean {
  const folded = fold(text)
  return fold(words)
    .split(/[\s,;]+/)
    .some((word) => word !== '' && containsWord(folded, word))
}

/** As a whole: neither letter nor digit goes on before or after it. */
function containsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (
      !LETTER_AT_END.test(text.slice(Math.max(0, at - 2), at)) &&
      !LETTER_AT_START.test(text.slice(at + word.length, at + word.length + 2))
    )
      return true
  }
  return false
}

/** Some letters are two characters long. */
const LETTER_AT_END = /[\p{L}\p{N}]$/u
const LETTER_AT_START = /^[\p{L}\p{N}]/u

function fold(text: string): string {
  return text.trim().toLowerCase()
}

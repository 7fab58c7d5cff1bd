import type { GroupingMode } from '../config.ts'
import type { InboundMail, MailKeyExtractor } from './mail.ts'
import { fieldOf } from './mail-predicates.ts'
import { firstMatch } from './patterns.ts'
import { conversationSubject } from './subject.ts'

/** The incident key that stands in a mail; null: it is not there. */
export function extractedKey(mail: InboundMail, { field, criteria, value }: MailKeyExtractor): string | null {
  const text = fieldOf(mail, field)
  switch (criteria) {
    case 'ALL_TEXT_BEFORE': {
      const at = indexIn(text, value)
      return at < 0 ? null : text.slice(0, at).trim() || null
    }
    case 'ALL_TEXT_AFTER': {
      const at = indexIn(text, value)
      return at < 0 ? null : text.slice(at + value.length).trim() || null
    }
    case 'MATCHES_REGEX': {
      const match = firstMatch(value, text)
      if (!match) return null
      const key = match.groups.length > 0 ? match.groups.find((group) => group !== null) : match.whole
      return key?.trim() || null
    }
  }
}

/**
 * The key of a mail where no extractor is set. Where every mail is its own problem, that of its conversation, so that a
 * reply joins the incident that it answers; otherwise its subject without the `Re:` and `Fwd:` of a reply. Null: the
 * mail has neither.
 */
export function defaultKey(mail: InboundMail, grouping: GroupingMode): string | null {
  const conversation = mail.references[0] ?? mail.inReplyTo ?? mail.messageId
  if (grouping === 'every-event') return conversation
  return conversationSubject(mail.subject) || conversation
}

/** Without regard to case. Lower case may be longer than what it is made of, and then the place is not the same. */
function indexIn(text: string, part: string): number {
  const lower = text.toLowerCase()
  return lower.length === text.length ? lower.indexOf(part.toLowerCase()) : text.indexOf(part)
}

import type { LooseEvent } from '../bounded-event.ts'
import type { GroupingMode } from '../config.ts'
import type { InboundMail, MailPredicate, MailSettings } from './mail.ts'
import { defaultKey, extractedKey } from './mail-key.ts'
import { described, FIELD_WORDS, firstFailed, passes, usable } from './mail-predicates.ts'

/** What a mail says to its alert source, by the source's settings; or why it says nothing, in words that go on from "dropped:". */
export function mailEvent(
  mail: InboundMail,
  settings: MailSettings,
  grouping: GroupingMode,
): { event: LooseEvent } | { dropped: string } {
  if (mail.automatic !== null) return { dropped: mail.automatic }
  const { operator, resolveOperator, keyExtractor } = settings
  const filters = usable(settings.predicates)
  if (filters.length > 0 && !passes(mail, filters, operator)) return { dropped: whyNot(mail, filters, operator) }

  const resolving = usable(settings.resolvePredicates)
  const resolves = resolving.length > 0 && passes(mail, resolving, resolveOperator)
  const key = keyExtractor ? extractedKey(mail, keyExtractor) : defaultKey(mail, grouping)
  if (key === null && keyExtractor)
    return { dropped: `no incident key was found in ${FIELD_WORDS[keyExtractor.field]}` }
  if (resolves && !keyExtractor && !namesProblem(mail, grouping)) {
    return {
      dropped:
        'it says that a problem is over, but not which one: set where the incident key is, or group the incidents by subject',
    }
  }
  return { event: eventOf(mail, resolves ? 'RESOLVE' : 'ALERT', key) }
}

function eventOf(mail: InboundMail, type: 'ALERT' | 'RESOLVE', key: string | null): LooseEvent {
  const { from, to, subject, text, subaddress, attachments, messageId } = mail
  return {
    type,
    key,
    summary: subject || firstLine(text) || `Mail from ${from}`,
    details: text,
    labels: subaddress === null ? {} : { subaddress },
    customDetails: { from, to, subject, body: text, subaddress, attachments, messageId },
  }
}

function whyNot(mail: InboundMail, filters: MailPredicate[], operator: 'AND' | 'OR'): string {
  const failed = firstFailed(mail, filters)
  if (operator === 'AND' && failed) return `the source takes only mails where ${described(failed)}`
  return 'it passes none of the filters of the source'
}

/** Where every mail is its own problem, only an answer to another mail can be about that one's. */
function namesProblem(mail: InboundMail, grouping: GroupingMode): boolean {
  return grouping !== 'every-event' || mail.references.length > 0 || mail.inReplyTo !== null
}

function firstLine(text: string): string | undefined {
  return text.split('\n', 200).find((line) => line.trim() !== '')
}

import type { HeaderReader } from './headers.ts'

/** Marks the mails that we send: one that comes back to an alert source would open the incident that sends the next. */
export const NOTIFICATION_HEADER = 'X-Tocsin-Notification'

/**
 * Why nobody and nothing meant to report a problem with this mail; null where nothing speaks against it.
 *
 * Monitoring tools say `Auto-Submitted: auto-generated` and `Precedence: bulk` of themselves, and rightly so: those are
 * taken. RFC 3834 has the rest.
 */
export function automaticReason(
  header: HeaderReader,
  { envelopeFrom, from, subject }: { envelopeFrom: string; from: string; subject: string },
): string | null {
  if (header(NOTIFICATION_HEADER) !== null) return 'it is a notification that Tocsin sent'
  const contentType = header('Content-Type') ?? ''
  if (/^\s*multipart\/report\b/i.test(contentType)) {
    if (/report-type\s*=\s*"?delivery-status/i.test(contentType))
      return 'it is a report of a mail that was not delivered'
    if (/report-type\s*=\s*"?disposition-notification/i.test(contentType))
      return 'it is a receipt of a mail that was read'
  }
  if (header('X-Failed-Recipients') !== null) return 'it is a report of a mail that was not delivered'
  if (/^<?>?$/.test(envelopeFrom.trim())) return 'it has no return address, as bounces and automatic replies have none'
  if (/^mailer-daemon@/i.test(from) || /^mailer-daemon@/i.test(envelopeFrom)) return 'it is from a mail server itself'
  return isAutomaticReply(header, subject) ? 'it is an automatic reply' : null
}

function isAutomaticReply(header: HeaderReader, subject: string): boolean {
  if (keyword(header('Auto-Submitted')) === 'auto-replied') return true
  if (/^auto[-_]?repl/.test(keyword(header('Precedence')))) return true
  if (AUTO_REPLY_HEADERS.some((name) => !['', 'no', 'false'].includes(keyword(header(name))))) return true
  // Exchange calls its absence notes auto-generated. Their subject tells, of a mail that answers another.
  const answers = header('In-Reply-To') !== null || header('X-Auto-Response-Suppress') !== null
  return answers && ABSENCE.test(subject)
}

const AUTO_REPLY_HEADERS = ['X-Autoreply', 'X-Autorespond', 'X-Auto-Reply']

const ABSENCE =
  /^\s*(automatic reply|auto(matic)?[ -]?reply|out of (the )?office|automatische antwort|abwesenheitsnotiz|réponse automatique|respuesta automática|risposta automatica|automatisch antwoord|autosvar)\b/i

/** A header's value without its parameters and comments. */
function keyword(value: string | null): string {
  return (value ?? '').split(/[;(]/, 1)[0]?.trim().toLowerCase() ?? ''
}

import { addressParser, decodeWords } from 'postal-mime'
import { LIMITS } from '../../limits.ts'
import { cutText, oneLine } from '../bounded-event.ts'
import { maskKeys } from '../secrets-in-text.ts'
import { automaticReason } from './automatic-mail.ts'
import { HEADER_CHARACTERS, type HeaderReader, mailIds } from './headers.ts'
import type { InboundMail } from './mail.ts'
import { readMimeMessage } from './mime-message.ts'
import { newText } from './new-text.ts'
import { PART_BYTES, type SkimmedMail } from './skim-mail.ts'
import { isReplySubject } from './subject.ts'

/** What the envelope says of a mail. */
export interface MailEnvelope {
  from: string
  subaddress: string | null
}

const ATTACHMENTS = 50
const RECIPIENTS = 50

/** Reads a mail. Throws where it is nested or decorated beyond all bounds: see `unparsedMail`. */
export async function parseMail({ bytes, cut }: SkimmedMail, envelope: MailEnvelope): Promise<InboundMail> {
  const { header, text, attachments } = await readMimeMessage(bytes)
  return {
    ...inboundMail(header, readable(text), envelope),
    attachments: attachments.slice(0, ATTACHMENTS).map(({ filename, mimeType, content }) => ({
      name: cutText(oneLine(filename ?? ''), LIMITS.labelCharacters) || 'unnamed',
      type: cutText(mimeType, LIMITS.labelCharacters),
      bytes: sizeOf(content, cut),
    })),
  }
}

/** What is known of a mail that can't be parsed: it may be an alert all the same. */
export function unparsedMail(headers: Headers, envelope: MailEnvelope): InboundMail {
  const text =
    'This mail could not be read: its parts are nested too deeply, or its headers are too long. Only its subject is known.'
  return inboundMail((name) => headers.get(name), text, envelope)
}

function inboundMail(header: HeaderReader, text: string, envelope: MailEnvelope): InboundMail {
  const [sender] = addresses(header('From'))
  const from = cutText(sender?.address || envelope.from, LIMITS.labelCharacters)
  const subject = oneLine(decodeWords((header('Subject') ?? '').slice(0, HEADER_CHARACTERS)))
  return {
    envelopeFrom: cutText(envelope.from, LIMITS.labelCharacters),
    from,
    fromName: cutText(oneLine(sender?.name ?? ''), LIMITS.labelCharacters) || null,
    to: addresses(header('To'))
      .slice(0, RECIPIENTS)
      // Shown with the incident, and whoever sees it must not be able to open others.
      .map(({ address }) => cutText(maskKeys(address), LIMITS.labelCharacters)),
    subaddress: envelope.subaddress,
    subject: cutText(subject, LIMITS.summaryCharacters),
    text: cutText((isReplySubject(subject) ? newText(text) : text).trim(), LIMITS.detailsCharacters),
    messageId: mailIds(header('Message-ID'))[0] ?? null,
    inReplyTo: mailIds(header('In-Reply-To'))[0] ?? null,
    references: mailIds(header('References')),
    automatic: automaticReason(header, { envelopeFrom: envelope.from, from, subject }),
    attachments: [],
  }
}

function readable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\u00a0', ' ').replaceAll('\0', '')
}

function addresses(value: string | null): { name: string; address: string }[] {
  const found = value ? addressParser(value.slice(0, HEADER_CHARACTERS), { flatten: true }) : []
  return found.flatMap(({ name, address }) => (address ? [{ name, address }] : []))
}

/** Null where it may be longer than what was kept of it: base64 takes some 1.37 bytes for one. */
function sizeOf(content: ArrayBuffer | Uint8Array | string, cut: boolean): number | null {
  const bytes = typeof content === 'string' ? content.length : content.byteLength
  return cut && bytes > PART_BYTES * 0.7 ? null : bytes
}

import type { InboundMail, MailSettings } from './mail.ts'
import { parseMail } from './parse-mail.ts'
import { skimMail } from './skim-mail.ts'

/** A mail as it is sent: headers over the usual ones, and its body. */
export function rawMail(headers: Record<string, string>, body = 'Nothing left on /var.'): string {
  const all = {
    From: 'Backup Server <backup@example.org>',
    To: 'alerts@example.com',
    Subject: 'Disk full on db-1',
    Date: 'Wed, 04 Jan 2040 09:00:00 +0000',
    'Message-ID': '<1@example.org>',
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

export function streamOf(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream()
}

export async function parsed(raw: string, envelopeFrom = 'backup@example.org'): Promise<InboundMail> {
  return parseMail(await skimMail(streamOf(raw)), { from: envelopeFrom, subaddress: null })
}

export const TAKES_ALL: MailSettings = {
  predicates: [],
  operator: 'AND',
  resolvePredicates: [],
  resolveOperator: 'AND',
  keyExtractor: null,
}

export function inboundMail(fields: Partial<InboundMail> = {}): InboundMail {
  return {
    envelopeFrom: 'backup@example.org',
    from: 'backup@example.org',
    fromName: null,
    to: ['alerts@example.com'],
    subaddress: null,
    subject: 'Disk full on db-1',
    text: 'Nothing left on /var.',
    messageId: '1@example.org',
    inReplyTo: null,
    references: [],
    automatic: null,
    attachments: [],
    ...fields,
  }
}

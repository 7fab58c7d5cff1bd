import { oneLine } from '../channels/channel.ts'
import type { Mailbox } from './mailbox.ts'
import type { OutgoingMail } from './outgoing-mail.ts'

/**
 * A mail as servers hand it on (RFC 5322, MIME): ASCII only, no line too long, text and HTML as base64. By hand, because the
 * libraries for it write the subject as one word of any length, and take header values as they are.
 */
export function mimeOf(mail: OutgoingMail, sentAt: number): string {
  const { from, to, replyTo, subject, headers, messageId, text, html } = mail
  // No text can hold it: base64 has no such line.
  const boundary = `=_${crypto.randomUUID()}`
  const named: [string, string][] = [
    ['Date', new Date(sentAt).toUTCString().replace('GMT', '+0000')],
    ['From', mailboxText(from)],
    ['To', oneLine(to)],
    ...(replyTo === null ? [] : [['Reply-To', oneLine(replyTo)] as [string, string]]),
    ['Subject', encodedWords(subject)],
    ['Message-ID', oneLine(messageId)],
    ...Object.entries(headers).map(([name, value]): [string, string] => [name, oneLine(value)]),
    ['MIME-Version', '1.0'],
    ['Content-Type', `multipart/alternative; boundary="${boundary}"`],
  ]
  return [
    ...named.map(([name, value]) => `${name}: ${value}`),
    '',
    ...part(boundary, 'text/plain', text),
    ...part(boundary, 'text/html', html),
    `--${boundary}--`,
    '',
  ].join('\r\n')
}

function part(boundary: string, type: string, content: string): string[] {
  return [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(base64(content.replace(/\r?\n/g, '\r\n')).match(/.{1,76}/g) ?? []),
    '',
  ]
}

function mailboxText({ name, address }: Mailbox): string {
  if (!name) return address
  return `${/^[\w .-]+$/.test(name) ? `"${name}"` : encodedWords(name, true)} <${address}>`
}

/** RFC 2047: words of at most 75 characters, of whole characters each. What is plain and short stays as it is. */
function encodedWords(text: string, always = false): string {
  if (!always && /^[\x20-\x7e]*$/.test(text) && text.length <= PLAIN_CHARACTERS && !text.includes('=?')) return text
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (new TextEncoder().encode(word + character).length > WORD_BYTES) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word].map((each) => `=?utf-8?B?${base64(each)}?=`).join('\r\n ')
}

/** With the name of its header on one line of at most 998 characters, and most within 78. */
const PLAIN_CHARACTERS = 200
/** 45 bytes are 60 characters of base64. */
const WORD_BYTES = 45

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}

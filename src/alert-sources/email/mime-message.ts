import PostalMime, { type Attachment, decodeWords, type Header } from 'postal-mime'
import { LIMITS } from '../../limits.ts'
import { cutText } from '../bounded-event.ts'
import { HEADER_CHARACTERS, type HeaderReader } from './headers.ts'
import { HTML_CHARACTERS, htmlText } from './html-text.ts'

/** A mail as postal-mime reads it, with its text as people are to see it. */
export interface MimeMessage {
  header: HeaderReader
  /** Of all parts that are text and not attached, and of the mails that it forwards. */
  text: string
  attachments: Attachment[]
}

/** More parts within parts than any mail program makes, and more headers than a dozen relays add. */
const BOUNDS = { maxNestingDepth: 50, maxHeadersSize: 128 * 1024 }
const FORWARDED_LEVELS = 3

/** Throws where a mail is nested or decorated beyond all bounds. */
export function readMimeMessage(bytes: Uint8Array): Promise<MimeMessage> {
  return read(bytes, FORWARDED_LEVELS, { text: LIMITS.detailsCharacters, html: HTML_CHARACTERS })
}

/** Characters that may still be read, of all parts and forwarded mails together. */
interface Left {
  text: number
  html: number
}

async function read(bytes: Uint8Array, levels: number, left: Left): Promise<MimeMessage> {
  const parser = new TextParser(left)
  const { headers, attachments } = await parser.parse(bytes)
  const message: MimeMessage = { header: readerOf(headers), text: parser.text, attachments: [] }
  for (const attachment of attachments) {
    const { mimeType, disposition, content } = attachment
    const forwarded = mimeType === 'message/rfc822' && disposition !== 'attachment' && typeof content !== 'string'
    // One that can't be read is an attachment like any other.
    const inner =
      forwarded && levels > 0 ? await read(new Uint8Array(content), levels - 1, left).catch(() => null) : null
    if (!inner) {
      message.attachments.push(attachment)
      continue
    }
    message.text = [message.text, forwardedText(inner)].filter(Boolean).join('\n\n')
    message.attachments.push(...inner.attachments)
  }
  return message
}

/**
 * postal-mime makes HTML of text and text of HTML wherever a mail has both, in a time that grows with the square of their
 * length: a mail could take minutes. Nor is there an option against it, so the step of its own is replaced. What stands in
 * its place is all that the text comes from, so that a version without that step would show no text in any test.
 */
class TextParser extends PostalMime {
  declare textMap: Map<object, { plain?: TextPart[]; html?: TextPart[] }>
  text = ''

  readonly #left: Left

  constructor(left: Left) {
    // With 0 it hands out the mails that are within a mail, and parses none by itself.
    super({ ...BOUNDS, maxRfc822NestingDepth: 0 })
    this.#left = left
  }

  /** For each part the text where it has both: of the same content in two forms, this is the one to be read. */
  renderTextContent(): void {
    const texts = [...this.textMap.values()].map(({ plain = [], html = [] }) =>
      this.#taken(joined(plain), joined(html)),
    )
    this.text = texts.filter(Boolean).join('\n\n')
  }

  #taken(plain: string, html: string): string {
    const text = (plain.trim() ? plain : this.#converted(html)).trim()
    const taken = this.#left.text > 0 ? cutText(text, this.#left.text) : ''
    this.#left.text -= taken.length
    return taken
  }

  #converted(html: string): string {
    const taken = html.slice(0, Math.max(0, this.#left.html))
    this.#left.html -= taken.length
    return htmlText(taken)
  }
}

interface TextPart {
  value: string
}

function joined(parts: TextPart[]): string {
  return parts.map(({ value }) => value).join('\n')
}

function forwardedText({ header, text }: MimeMessage): string {
  const named = ['From', 'Date', 'Subject'].flatMap((name) => {
    const value = decodeWords((header(name) ?? '').slice(0, HEADER_CHARACTERS))
    return value ? [`${name}: ${value}`] : []
  })
  return `---- Forwarded mail ----\n${named.join('\n')}\n\n${text}`
}

function readerOf(headers: Header[]): HeaderReader {
  return (name) => headers.find(({ key }) => key === name.toLowerCase())?.value ?? null
}

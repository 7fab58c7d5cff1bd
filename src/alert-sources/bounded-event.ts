import { LIMITS } from '../limits.ts'
import type { EventLink, EventType, InboundEvent, Priority } from './event.ts'
import { sharedJsonBytes } from './json-bytes.ts'
import { maskKeys, maskSecrets } from './secrets-in-text.ts'

/** An event before it is bounded: whatever a reader, a template or a person made of it. */
export interface LooseEvent {
  type: EventType
  key: string | null
  summary: string
  details?: string | null
  priority?: Priority | null
  severity?: number | null
  links?: { href: string; text?: string | null }[]
  images?: { src: string; href?: string | null; alt?: string | null }[]
  comments?: { creator: string; content: string }[]
  labels?: Record<string, string>
  customDetails?: Record<string, unknown> | null
}

/**
 * Brings an event within the bounds that every event keeps. Nothing is refused: a long text is cut, a link that is none
 * is left out, for an alert must not be lost over its ornaments. A key that is too long keeps its beginning and a hash of
 * all of it, so that it stays the same and no other's.
 *
 * Every event passes here, so that nobody who sees an incident reads a credential in it. The key alone stays as it is: it
 * says which problem it is.
 */
export async function boundedEvent(loose: LooseEvent): Promise<InboundEvent> {
  const summary = cutText(oneLine(maskKeys(loose.summary)), LIMITS.summaryCharacters)
  const customDetails = loose.customDetails ? maskedDetails(loose.customDetails) : null
  const tooLarge = customDetails !== null && sharedJsonBytes(customDetails) > LIMITS.customDetailsBytes
  return {
    type: loose.type,
    key: await boundedKey(loose.key),
    summary: summary || loose.type,
    details: boundedDetails(maskKeys(loose.details ?? ''), tooLarge ? TOO_LARGE : ''),
    priority: loose.priority ?? null,
    severity: boundedSeverity(loose.severity),
    links: boundedLinks(loose.links ?? []),
    images: (loose.images ?? [])
      .filter(({ src, href }) => isWebAddress(src) && (!href || isWebAddress(href)))
      .slice(0, LIMITS.imagesPerEvent)
      .map(({ src, href, alt }) => ({
        src: maskKeys(src),
        ...(href && { href: maskKeys(href) }),
        ...(alt && { alt: cutText(maskKeys(alt), LIMITS.labelCharacters) }),
      })),
    comments: (loose.comments ?? []).slice(0, LIMITS.commentsPerEvent).map(({ creator, content }) => ({
      creator: cutText(maskKeys(creator), 100),
      content: cutText(maskKeys(content), LIMITS.commentCharacters),
    })),
    labels: boundedLabels(loose.labels ?? {}),
    customDetails: tooLarge ? null : customDetails,
  }
}

const TOO_LARGE = '(Its custom details are left out: they are too large.)'

function boundedDetails(text: string, note: string): string | null {
  const details = cutText(text.trim(), LIMITS.detailsCharacters - (note ? note.length + 2 : 0))
  return [details, note].filter(Boolean).join('\n\n') || null
}

const MASKED = new WeakMap<object, unknown>()

function maskedDetails(details: Record<string, unknown>): Record<string, unknown> {
  return maskSecrets(details, maskKeys, MASKED) as Record<string, unknown>
}

export function boundedLinks(links: { href: string; text?: string | null }[]): EventLink[] {
  return links
    .filter(({ href }) => isWebAddress(href))
    .slice(0, LIMITS.linksPerEvent)
    .map(({ href, text }) => {
      const line = cutText(oneLine(maskKeys(text ?? '')), LIMITS.labelCharacters)
      return { href: maskKeys(href), ...(line && { text: line }) }
    })
}

export function boundedLabels(labels: Record<string, string>): Record<string, string> {
  const entries = Object.entries(labels).filter(([name]) => name !== '__proto__')
  return Object.fromEntries(
    entries.slice(0, LIMITS.labelsPerEvent).map(([name, value]) => [labelText(name), labelText(value)]),
  )
}

function labelText(text: string): string {
  return cutText(maskKeys(text), LIMITS.labelCharacters)
}

export function boundedSeverity(severity: number | null | undefined): number | null {
  return typeof severity === 'number' && Number.isInteger(severity) && severity >= 1 && severity <= 5 ? severity : null
}

export async function boundedKey(key: string | null): Promise<string | null> {
  const trimmed = key?.trim().toWellFormed()
  if (!trimmed) return null
  if (trimmed.length <= LIMITS.keyCharacters) return trimmed
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(trimmed))
  const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${wholeCharacters(trimmed, LIMITS.keyCharacters - hash.length - 1)}~${hash}`
}

/** Cut with an ellipsis. Half a character, cut or sent, is replaced: it would not be the same any more after a storage. */
export function cutText(text: string, characters: number): string {
  if (text.length <= characters) return text.toWellFormed()
  return `${wholeCharacters(text, characters - 1).toWellFormed()}…`
}

/** Without line breaks and other control characters, which a text message or a subject can't hold. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** Only what a browser may safely follow: `javascript:` and the like never reach a page. */
export function isWebAddress(text: string): boolean {
  if (text.length > LIMITS.urlCharacters || !text.isWellFormed()) return false
  return /^https?:\/\/[^\p{Cc}]+$/iu.test(text) && URL.canParse(text)
}

/** The beginning of a text, not ending within a character. */
function wholeCharacters(text: string, characters: number): string {
  return text.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '')
}

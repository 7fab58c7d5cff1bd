import { LIMITS } from '../limits.ts'
import type { EventLink, EventType, InboundEvent, Priority } from './event.ts'

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
 */
export async function boundedEvent(loose: LooseEvent): Promise<InboundEvent> {
  const summary = cutText(oneLine(loose.summary), LIMITS.summaryCharacters)
  return {
    type: loose.type,
    key: await boundedKey(loose.key),
    summary: summary || loose.type,
    details: cutText(loose.details?.trim() ?? '', LIMITS.detailsCharacters) || null,
    priority: loose.priority ?? null,
    severity: boundedSeverity(loose.severity),
    links: boundedLinks(loose.links ?? []),
    images: (loose.images ?? [])
      .filter(({ src, href }) => isWebAddress(src) && (!href || isWebAddress(href)))
      .slice(0, LIMITS.imagesPerEvent)
      .map(({ src, href, alt }) => ({
        src,
        ...(href && { href }),
        ...(alt && { alt: cutText(alt, LIMITS.labelCharacters) }),
      })),
    comments: (loose.comments ?? []).slice(0, LIMITS.commentsPerEvent).map(({ creator, content }) => ({
      creator: cutText(creator, 100),
      content: cutText(content, LIMITS.commentCharacters),
    })),
    labels: boundedLabels(loose.labels ?? {}),
    customDetails: loose.customDetails ?? null,
  }
}

export function boundedLinks(links: { href: string; text?: string | null }[]): EventLink[] {
  return links
    .filter(({ href }) => isWebAddress(href))
    .slice(0, LIMITS.linksPerEvent)
    .map(({ href, text }) => {
      const line = cutText(oneLine(text ?? ''), LIMITS.labelCharacters)
      return { href, ...(line && { text: line }) }
    })
}

export function boundedLabels(labels: Record<string, string>): Record<string, string> {
  const entries = Object.entries(labels).filter(([name]) => name !== '__proto__')
  return Object.fromEntries(
    entries
      .slice(0, LIMITS.labelsPerEvent)
      .map(([name, value]) => [cutText(name, LIMITS.labelCharacters), cutText(value, LIMITS.labelCharacters)]),
  )
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

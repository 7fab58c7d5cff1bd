import type { EventLink } from '../event.ts'

/** Labels without those that the payload had nothing for. */
export function presentLabels(labels: Record<string, string | null | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter((label): label is [string, string] => Boolean(label[1])))
}

/** Links by what to call them, without those that the payload had nothing for. */
export function presentLinks(hrefs: Record<string, string | null | undefined>): EventLink[] {
  return Object.entries(hrefs).flatMap(([text, href]) => (href ? [{ href, text }] : []))
}

/** What there is of these texts, with an empty line between. */
export function paragraphs(...texts: (string | null | undefined)[]): string | null {
  return texts.filter((text) => text).join('\n\n') || null
}

/** The first header of a name, in whatever case; null: there is none. */
export type HeaderReader = (name: string) => string | null

/** The ids of mails in a Message-ID, In-Reply-To or References header, without their angle brackets. */
export function mailIds(value: string | null): string[] {
  const text = (value ?? '').slice(0, HEADER_CHARACTERS)
  const ids = text.match(/<[^<>\s]+>/g)?.map((id) => id.slice(1, -1)) ?? []
  const unbracketed = text.trim()
  // Some tools leave the brackets out.
  const found = ids.length > 0 || unbracketed === '' || /\s/.test(unbracketed) ? ids : [unbracketed]
  return found.filter((id) => id.length <= ID_CHARACTERS).slice(0, IDS)
}

export const HEADER_CHARACTERS = 16_384
/** RFC 5322, 2.1.1: no line is longer. */
const ID_CHARACTERS = 998
const IDS = 100

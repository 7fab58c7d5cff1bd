/**
 * What a machine wrote, so that it can be read out: nobody who was just woken can use an address or a long id spelled
 * character by character. What is left may be nothing.
 */
export function speakable(text: string): string {
  return (
    text
      .slice(0, READ_CHARACTERS)
      .replace(ADDRESS, (url) => hostOf(url))
      .replace(UUID, ' ')
      .replace(LONG_ID, (id) => (isWord(id) ? id : ' '))
      .replace(/[\s\p{Cc}]+/gu, ' ')
      // Brackets and marks that lost what they held.
      .replace(/[([{<"'`]\s*[)\]}>"'`]/g, ' ')
      .replace(/[_*#|\\{}[\]`~^=]+/g, ' ')
      .replace(/ +([.,:;!?])/g, '$1')
      .replace(/([.,:;!?])(?:[.,:;!?])+/g, '$1')
      .replace(/\s+/g, ' ')
      .replace(/^[\s.,:;!?-]+|[\s.,:;-]+$/g, '')
  )
}

/** More is never read out, and patterns over hostile text stay cheap. */
const READ_CHARACTERS = 2_000

const ADDRESS = /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s<>"')\]]+/gi
const UUID = /(?<![\p{L}\p{N}])\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?(?![\p{L}\p{N}])/giu
/** Hashes, keys and container ids: a dozen hexadecimal digits, or two dozen of anything without a space. */
const LONG_ID = /(?<![\p{L}\p{N}_-])(?:0x)?(?:[0-9a-f]{12,}|[0-9a-z_-]{24,})(?![\p{L}\p{N}_-])/giu

/** Long, but made of letters alone: a name that can be said, such as a German one. */
function isWord(text: string): boolean {
  return !/\d/.test(text)
}

/** Of an address only the name of the machine is worth hearing. */
function hostOf(url: string): string {
  try {
    const { hostname } = new URL(url)
    return `${hostname.replace(/^www\./, '')} `
  } catch {
    return ' '
  }
}

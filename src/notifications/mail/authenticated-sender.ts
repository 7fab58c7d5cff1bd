import { addressParser } from 'postal-mime'
import { HEADER_CHARACTERS } from '../../alert-sources/email/headers.ts'
import { domainOf, isAddress } from './mailbox.ts'

/**
 * Who wrote a mail, and whether that is proven.
 *
 * Trusted is the topmost Authentication-Results header (RFC 8601), and only where it is of mx.cloudflare.net: Email Routing
 * puts it above all that came with the mail, and the sender's domain vouches there by DMARC. Whoever writes such a header
 * themselves writes it below. Where Email Routing added none, theirs would count; the signed address in the mail is what
 * stands against that, which only the person whom we wrote to has.
 */
export function passedDmarc(authenticationResults: string | null, from: string, envelopeFrom: string): boolean {
  // The header repeats it, and it must not be able to say there what only the receiver may.
  if (!isAddress(envelopeFrom)) return false
  const [server = '', ...results] = withoutComments((authenticationResults ?? '').slice(0, HEADER_CHARACTERS)).split(
    ';',
  )
  if (server.trim().split(/\s/, 1)[0]?.toLowerCase() !== RECEIVER) return false
  const verdicts = results.map((result) => result.trim()).filter((result) => /^dmarc\s*=/i.test(result))
  return verdicts.length > 0 && verdicts.every((verdict) => isPass(verdict, domainOf(from)))
}

/** The one address of the From header, in lower case; null: there is none, or several, and DMARC speaks for one only. */
export function singleSender(from: string | null): string | null {
  const addresses = addressParser((from ?? '').slice(0, HEADER_CHARACTERS), { flatten: true })
  const [only] = addresses
  return addresses.length === 1 && only?.address ? only.address.toLowerCase() : null
}

const RECEIVER = 'mx.cloudflare.net'

function isPass(verdict: string, domain: string): boolean {
  const [, vouched] = /\bheader\.from\s*=\s*(\S+)/i.exec(verdict) ?? []
  return /^dmarc\s*=\s*pass(\s|$)/i.test(verdict) && vouched?.toLowerCase() === domain
}

/**
 * Comments and quoted words repeat what the sender said, semicolons and all. They count for nothing, but for the quotes
 * around a plain name.
 */
function withoutComments(text: string): string {
  let depth = 0
  let quoted = false
  let kept = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '\\') at++
    else if (character === '"' && depth === 0) quoted = !quoted
    else if (quoted) kept += /[\w.-]/.test(character) ? character : '_'
    else if (character === '(') depth++
    else if (character === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) kept += character
  }
  return kept
}

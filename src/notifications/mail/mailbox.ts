/** Who sends or gets a mail. */
export interface Mailbox {
  /** Empty: it has none. */
  name: string
  address: string
}

/**
 * `Tocsin <tocsin@example.com>` or only the address, as an operator writes it; null: it is neither. What comes from
 * outside is read by the MIME parser, which is too large for the way that pages take.
 */
export function parseMailbox(text: string): Mailbox | null {
  const plain = text.slice(0, MAILBOX_CHARACTERS).trim()
  const [, name = '', address = plain] = /^([^<>]*)<([^<>]*)>$/.exec(plain) ?? []
  return isAddress(address) ? { name: name.trim().replace(/^"(.*)"$/, '$1'), address } : null
}

/** Fit for an envelope as it is: nothing quoted, and no letters for which a server would need an extension. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]+$/.test(text)
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

const MAILBOX_CHARACTERS = 500

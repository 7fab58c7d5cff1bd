import type { Env } from '../../env.ts'

/**
 * Why we don't send to an address that a user gave us; null: we do. It must not lead into somebody's own network, so names
 * of such networks and bare IP addresses are refused. Looked at when it is saved and each time it is used.
 */
export function addressProblem(address: string, { SANDBOX }: Pick<Env, 'SANDBOX'>): string | null {
  if (address.length > ADDRESS_CHARACTERS) return `must have at most ${ADDRESS_CHARACTERS} characters`
  if (!URL.canParse(address)) return 'must be a whole address, such as https://ntfy.sh/my-topic'
  const { protocol, hostname, username, password } = new URL(address)
  if (username || password) return 'must have no user name or password in it'
  // On a laptop a push service may be a program beside this one.
  if (SANDBOX === '1' && (protocol === 'http:' || protocol === 'https:')) return null
  if (protocol !== 'https:') return 'must begin with https://'
  return isPublicName(hostname) ? null : 'must be the name of a public server'
}

const ADDRESS_CHARACTERS = 1000

/** The parser has written IPv4 addresses in any spelling as four numbers, and IPv6 ones in brackets. */
function isPublicName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '')
  return (
    name.includes('.') &&
    !/^[\d.]+$/.test(name) &&
    !name.startsWith('[') &&
    !/(^|\.)(localhost|local|internal|intranet|lan|home|corp|localdomain|home\.arpa)$/.test(name)
  )
}

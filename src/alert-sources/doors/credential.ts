import type { DoorContext } from './door.ts'

/** The key of an `Authorization` header, whichever of these ways the client says it; null: there is none. */
export function headerKey(c: DoorContext, schemes: ('Bearer' | 'GenieKey' | 'Basic')[]): string | null {
  const [, scheme = '', value = ''] = /^(\w+) +(\S+) *$/.exec(c.req.header('Authorization') ?? '') ?? []
  const known = schemes.find((name) => name.toLowerCase() === scheme.toLowerCase())
  if (!known) return null
  return known === 'Basic' ? passwordOf(value) : value
}

/** Basic authentication's password; its user says nothing to us. */
function passwordOf(value: string): string | null {
  try {
    const [, password = ''] = /^[^:]*:(.*)$/s.exec(atob(value)) ?? []
    return password || null
  } catch {
    return null
  }
}

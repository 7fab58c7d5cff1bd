import { addressParser } from 'postal-mime'
import { LIMITS } from '../../limits.ts'
import { verifyIntegrationKey } from '../integration-key.ts'
import type { KeyClaims } from '../key-format.ts'
import { HEADER_CHARACTERS } from './headers.ts'

/** Whom a mail is for. */
export interface MailRecipient {
  claims: KeyClaims
  /** What stands after the `+` in the address; null: nothing. */
  subaddress: string | null
}

/** Where an integration key may stand in a mail that came by way of another mailbox, in this order. */
const HEADERS = ['Delivered-To', 'X-Forwarded-To', 'X-Original-To', 'Envelope-To', 'Resent-To', 'To', 'Cc']

/** Each costs one HMAC. */
const CANDIDATES = 50

/** The alert source that a mail is addressed to: in its envelope, else in its headers. Null: to none of ours. */
export async function findRecipient(
  { to, headers }: Pick<ForwardableEmailMessage, 'to' | 'headers'>,
  secret: string,
): Promise<MailRecipient | null> {
  for (const address of [to, ...addressesIn(headers)].slice(0, CANDIDATES)) {
    const recipient = await recipientOf(address, secret)
    if (recipient) return recipient
  }
  return null
}

/** The key is the local part up to a `+`, or what follows one where the platform routes by what stands before it. */
async function recipientOf(address: string, secret: string): Promise<MailRecipient | null> {
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@')))
  const [first = '', second, ...others] = local.split('+')
  const claims = await verifyIntegrationKey(secret, first)
  if (claims) return { claims, subaddress: subaddressOf(second === undefined ? [] : [second, ...others]) }
  const claimsBehind = second === undefined ? null : await verifyIntegrationKey(secret, second)
  return claimsBehind && { claims: claimsBehind, subaddress: subaddressOf(others) }
}

function subaddressOf(parts: string[]): string | null {
  return parts.join('+').slice(0, LIMITS.labelCharacters) || null
}

function addressesIn(headers: Headers): string[] {
  return HEADERS.flatMap((name) => {
    const value = headers.get(name)?.slice(0, HEADER_CHARACTERS)
    return value ? addressParser(value, { flatten: true }).flatMap(({ address }) => address ?? []) : []
  })
}

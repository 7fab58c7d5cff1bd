import { decrypt } from '../encryption.ts'
import type { AlertSourceConfig } from './config.ts'
import type { Delivery } from './delivery.ts'
import { findTool } from './tools/index.ts'
import { toolRequest } from './tools/tool-request.ts'

/** What signing secrets are encrypted for. */
export const SIGNING_SECRET = 'signing-secret'

/**
 * Whether a delivery may be taken as far as signatures go. A source with a signing secret takes nothing else than requests
 * that its tool signed: whoever knows its key would otherwise only have to choose another of its addresses.
 */
export async function isSigned(
  delivery: Delivery,
  signing: AlertSourceConfig['signing'],
  secret: string,
): Promise<boolean> {
  if (!signing) return true
  if (delivery.way !== 'events') return false
  if (delivery.own) return true
  const { request } = delivery
  const signature = findTool(signing.tool)?.signature
  if (!signature || request?.via !== signing.tool) return false
  return signature.verify(toolRequest(request), await decrypt(secret, SIGNING_SECRET, signing.secret))
}

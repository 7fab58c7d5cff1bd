import { decrypt } from '../encryption.ts'
import type { Delivery } from './delivery.ts'
import { findTool } from './tools/index.ts'
import { toolRequest } from './tools/tool-request.ts'

/** What signing secrets are encrypted for. */
export const SIGNING_SECRET = 'signing-secret'

/**
 * Whether a delivery is signed as its source demands. Where the source has no signing secret, or the tool does not sign, its
 * key is all that is asked for. Of an event that waited in a queue without its request the key was asked for too.
 */
export async function isSigned(delivery: Delivery, signingSecret: string | null, secret: string): Promise<boolean> {
  if (signingSecret === null || delivery.way !== 'events' || !delivery.request) return true
  const signature = findTool(delivery.request.via)?.signature
  if (!signature) return true
  return signature.verify(toolRequest(delivery.request), await decrypt(secret, SIGNING_SECRET, signingSecret))
}

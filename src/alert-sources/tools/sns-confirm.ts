import { log } from '../../log.ts'
import { isSnsAddress } from './sns-address.ts'

const CONFIRM_MS = 5000

/**
 * Confirms a subscription by the GET that SNS asks for. Only for a request whose signature and integration key were found
 * good. False: it did not work this time, and SNS sends the confirmation again if it is told so.
 */
export async function confirmSns(url: string): Promise<boolean> {
  // Asked again where the fetch is: nothing may come in between that lets another address through.
  if (!isSnsAddress(url)) return false
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(CONFIRM_MS) })
    await response.body?.cancel()
    if (response.ok) return true
    log.warn('subscription to SNS not confirmed', { status: response.status })
  } catch (error) {
    log.warn('subscription to SNS not confirmed', { error })
  }
  return false
}

import { recordReceipt } from '../directory/delivery-log.ts'
import { noteReceipt } from '../directory/users/contact-faults.ts'
import type { Env } from '../env.ts'
import { call } from '../objects.ts'
import type { ChannelName } from './model.ts'
import type { Receipt } from './sending.ts'

/** The message that a receipt is for. */
export interface Received {
  incidentId: number | null
  channel: ChannelName
  target: string
}

/** What a carrier says later of a message that it took, from whichever door it came. Safe to repeat. */
export async function receiveReceipt(
  env: Env,
  userId: number,
  notificationId: string,
  receipt: Receipt,
): Promise<void> {
  const received = await call(env.PAGER, String(userId), (pager) => pager.receipt(notificationId, receipt))
  if (!received) return
  await recordReceipt(env, { userId, notificationId, ...received }, receipt)
  await noteReceipt(env, userId, received, receipt)
}

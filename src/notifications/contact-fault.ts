import type { ChannelName } from './model.ts'

/** Why nothing arrives at a contact, by the channel that found out: a number may take calls and no texts. */
export type ContactFaults = Partial<Record<ChannelName, ContactFault>>

export interface ContactFault {
  /** What the carrier said, in words. */
  reason: string
  /** Epoch ms. */
  at: number
}

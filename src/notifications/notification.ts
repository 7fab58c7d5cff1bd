import type { PageRequest, Person } from '../incidents/model.ts'
import type { ChannelName } from './model.ts'

/** A notification about to be sent: everything that its text can be made of. */
export interface OutgoingNotification {
  /** Also the idempotency key for providers that take one. */
  id: string
  channel: ChannelName
  target: string
  user: Person & { language: 'en' | 'de' }
  /** What a reply names the page by. */
  code: number
  page: PageRequest
}

/** Where a message's buttons and links lead. */
export interface Links {
  incident: string
  accept: string
  resolve: string
  escalate: string
}

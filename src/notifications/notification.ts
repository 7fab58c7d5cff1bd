import type { PageRequest, Person } from '../incidents/model.ts'
import type { ChannelName, NoticeTarget } from './model.ts'
import type { Notice } from './notice.ts'

/** A page's notification about to be sent: everything that its text can be made of. */
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

/** The same of a notice. */
export interface OutgoingNotice extends NoticeTarget {
  /** Also the idempotency key for providers that take one. */
  id: string
  userId: number
  notice: Notice
}

/** Where a message's buttons and links lead. */
export interface Links {
  incident: string
  accept: string
  resolve: string
  escalate: string
}

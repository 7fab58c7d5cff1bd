import type { PageRequest, Person } from '../incidents/model.ts'
import type { ChannelName, NoticeTarget, PushDevice } from './model.ts'
import type { Notice } from './notice.ts'

/** Whom a message is for, and how it reaches them. */
interface Outgoing {
  /** Also the idempotency key for providers that take one. */
  id: string
  user: Person & { language: 'en' | 'de' }
  /** Where a push goes; empty for all other channels. */
  devices: PushDevice[]
}

/** A page's notification about to be sent: everything that its text can be made of. */
export interface OutgoingNotification extends Outgoing {
  channel: ChannelName
  target: string
  /** What a reply names the page by. */
  code: number
  page: PageRequest
}

/** Pages that were held back in a storm, told as one. */
export interface OutgoingBundle extends Outgoing {
  channel: ChannelName
  target: string
  /** How many incidents wait for the user: those held back, and those told before that nobody answered. */
  waiting: number
  /** The newest of them first; as many as are worth listing. */
  pages: { code: number; page: PageRequest }[]
}

/** The same of a notice. */
export interface OutgoingNotice extends Outgoing, NoticeTarget {
  notice: Notice
}

/** Where a message's buttons and links lead. */
export interface Links {
  incident: string
  accept: string
  resolve: string
  escalate: string
}

/** The same of a bundle: all that waits is answered at once. */
export interface BundleLinks {
  incidents: string
  acceptAll: string
  resolveAll: string
}

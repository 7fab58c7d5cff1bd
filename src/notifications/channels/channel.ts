import type { ChannelName, PushDevice } from '../model.ts'
import type { BundleLinks, Links, OutgoingBundle, OutgoingNotice, OutgoingNotification } from '../notification.ts'

interface ToUser {
  notificationId: string
  userId: number
  /** Null: it needs no answer. */
  incidentId: number | null
}

/** What each channel's providers are given to send. */
export interface Messages {
  EMAIL: ToUser & {
    channel: 'EMAIL'
    to: string
    subject: string
    text: string
    html: string
    links: Links | null
    /** Mails of one thread belong together in the mailbox, such as `incident-42`; null: it stands alone. */
    thread: string | null
  }
  SMS: ToUser & { channel: 'SMS'; to: string; text: string }
  VOICE: ToUser & { channel: 'VOICE'; to: string; text: string; language: 'en' | 'de' }
  PUSH: ToUser & {
    channel: 'PUSH'
    devices: PushDevice[]
    title: string
    body: string
    url: string
    urgent: boolean
    /** Of those with the same topic a device shows only the last. At most 32 characters that are safe in an address. */
    topic: string
    /** What its buttons do; null: it needs no answer. */
    links: Links | null
  }
  /** `to` is the id of the chat with the bot. */
  TELEGRAM: ToUser & {
    channel: 'TELEGRAM'
    to: string
    text: string
    urgent: boolean
    /** Where its link leads. */
    url: string
    /** What its buttons are about: the incident, all that waits, or nothing. */
    asks: 'incident' | 'all' | null
  }
}

export type Message = Messages[ChannelName]

/** One way to reach a person: how a notification is worded there. One file each; `index.ts` is the registry. */
export interface Channel<Name extends ChannelName> {
  name: Name
  render(notification: OutgoingNotification, links: Links): Messages[Name]
  /** Several pages as one message. */
  bundle(bundle: OutgoingBundle, links: BundleLinks): Messages[Name]
  /**
   * What needs no answer.
   *
   * @param link to where the dashboard shows it
   */
  inform(notice: OutgoingNotice, link: string): Messages[Name]
}

/** On one line and without control characters, whatever a tool wrote: mail servers refuse them in headers. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ')
}

export function addressed({ id, user, page }: OutgoingNotification): ToUser {
  return { notificationId: id, userId: user.userId, incidentId: page.incidentId }
}

/** It needs no answer, or none that is about one incident. */
export function informed({ id, user }: Pick<OutgoingNotice, 'id' | 'user'>): ToUser {
  return { notificationId: id, userId: user.userId, incidentId: null }
}

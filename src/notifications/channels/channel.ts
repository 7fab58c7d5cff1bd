import type { ChannelName, NoticeChannel } from '../model.ts'
import type { Links, OutgoingNotice, OutgoingNotification } from '../notification.ts'

interface ToUser {
  notificationId: string
  userId: number
  /** Null: it needs no answer. */
  incidentId: number | null
}

/** What each channel's providers are given to send. */
export interface Messages {
  EMAIL: ToUser & { channel: 'EMAIL'; to: string; subject: string; text: string; html: string; links: Links | null }
  SMS: ToUser & { channel: 'SMS'; to: string; text: string }
  VOICE: ToUser & { channel: 'VOICE'; to: string; text: string }
  PUSH: ToUser & { channel: 'PUSH'; title: string; body: string; url: string; urgent: boolean }
}

export type Message = Messages[ChannelName]

/** One way to reach a person: how a notification is worded there. One file each; `index.ts` is the registry. */
export interface Channel<Name extends ChannelName> {
  name: Name
  render(notification: OutgoingNotification, links: Links): Messages[Name]
}

/** A channel on which people also read what needs no answer. */
export interface InformingChannel<Name extends NoticeChannel> extends Channel<Name> {
  /** @param link to where the dashboard shows it */
  inform(notice: OutgoingNotice, link: string): Messages[Name]
}

/** On one line and without control characters, whatever a tool wrote: mail servers refuse them in headers. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ')
}

export function addressed({ id, user, page }: OutgoingNotification): ToUser {
  return { notificationId: id, userId: user.userId, incidentId: page.incidentId }
}

export function informed({ id, userId }: OutgoingNotice): ToUser {
  return { notificationId: id, userId, incidentId: null }
}

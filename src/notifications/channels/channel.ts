import type { ChannelName } from '../model.ts'
import type { Links, OutgoingNotification } from '../notification.ts'

interface ToUser {
  notificationId: string
  userId: number
  incidentId: number
}

/** What each channel's providers are given to send. */
export interface Messages {
  EMAIL: ToUser & { channel: 'EMAIL'; to: string; subject: string; text: string; html: string; links: Links }
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

/** On one line and without control characters, whatever a tool wrote: mail servers refuse them in headers. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ')
}

export function addressed({ id, user, page }: OutgoingNotification): ToUser {
  return { notificationId: id, userId: user.userId, incidentId: page.incidentId }
}

import type { ChannelName } from '../model.ts'
import type { BundleLinks, Links, OutgoingBundle, OutgoingNotice, OutgoingNotification } from '../notification.ts'
import type { Channel, Message } from './channel.ts'
import { email } from './email.ts'
import { push } from './push.ts'
import { sms } from './sms.ts'
import { telegram } from './telegram.ts'
import { voice } from './voice.ts'

/** Every channel there is. A new one is its file and a line here. */
export const CHANNELS: { [Name in ChannelName]: Channel<Name> } = {
  EMAIL: email,
  SMS: sms,
  VOICE: voice,
  PUSH: push,
  TELEGRAM: telegram,
}

export const CHANNEL_NAMES = Object.keys(CHANNELS) as ChannelName[]

export function render(notification: OutgoingNotification, links: Links): Message {
  return CHANNELS[notification.channel].render(notification, links)
}

export function bundle(outgoing: OutgoingBundle, links: BundleLinks): Message {
  return CHANNELS[outgoing.channel].bundle(outgoing, links)
}

export function inform(notice: OutgoingNotice, link: string): Message {
  return CHANNELS[notice.channel].inform(notice, link)
}

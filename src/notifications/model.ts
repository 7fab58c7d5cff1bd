import type { Priority } from '../alert-sources/event.ts'
import type { PlannedSchedule } from '../incidents/model.ts'

/** The channels that reach a person, by iLert's names for the methods. */
export type ChannelName = 'EMAIL' | 'SMS' | 'VOICE' | 'PUSH' | 'TELEGRAM'

/** The channels that tell what needs no answer: nobody's phone rings for a reminder. */
export type NoticeChannel = Exclude<ChannelName, 'VOICE'>

/** One step of a user's notification preferences, with its contact looked up. */
export interface PreferenceStep {
  channel: ChannelName
  /** An address, a number in E.164, a Telegram chat's id; empty for push, which goes to all of the user's devices. */
  target: string
  delayMs: number
}

/** What a Pager knows of its user, so that it can page without D1. */
export interface PagerProfile {
  userId: number
  name: string
  language: 'en' | 'de'
  /** Steps for each priority; empty: the user's e-mail address at once, so that nobody is silently unreachable. */
  steps: Record<Priority, PreferenceStep[]>
  /** Where pushes go. This and what follows is missing in profiles of before it was there. */
  devices?: PushDevice[]
  /** Which changes of incidents they were paged for the user wants to hear of. */
  updates?: (NoticeTarget & { type: UpdateType })[]
  /** When nothing is sent to them. */
  quiet?: QuietTimes
  /** None in profiles of before there were schedules. */
  duties?: Duties
  /** Grows with each publication; an older one is ignored. */
  revision: number
}

/** A change that others made to an incident. */
export type UpdateType = 'ACCEPTED' | 'ESCALATED' | 'RESOLVED'

/** One of a user's devices that take pushes. */
export interface PushDevice {
  id: number
  kind: 'WEB_PUSH' | 'NTFY' | 'PUSHOVER'
  /** WEB_PUSH: the subscription's endpoint. NTFY: the topic's address. PUSHOVER: the user key. */
  target: string
  keys: DeviceKeys
}

export interface DeviceKeys {
  /** WEB_PUSH, both base64url: RFC 8291. */
  p256dh?: string
  auth?: string
  /** NTFY: an access token where the topic needs one, encrypted. */
  token?: string
}

/** Wall-clock times of the user's zone, in minutes after midnight; `to` may be before `from`: over night. */
export interface QuietHours {
  from: number
  to: number
}

export interface QuietTimes {
  /** Epoch ms; null: not muted. */
  mutedUntil: number | null
  /** For LOW pages; null: none. */
  hours: QuietHours | null
  timeZone: string
}

/** Where a user reads notices. By voice only what they asked for a moment ago, such as a test. */
export interface NoticeTarget {
  channel: ChannelName
  /** An address, a number in E.164, or for push the user's devices as a whole. */
  target: string
}

/** A user's shifts, and how they want to hear of them. */
export interface Duties {
  /** Their own e-mail address: for notices where they chose no contact, or none that works. */
  email: string
  /** In which they read times. */
  timeZone: string
  /** Their on-call preferences; none: they are not reminded, and told of changes by e-mail. */
  reminders: (NoticeTarget & { beforeMs: number })[]
  /** The schedules that put them on call; empty without a reminder. */
  schedules: PlannedSchedule[]
  /** When D1 said so. Of a schedule's shifts only the next ones are taken along, so this gets too old by itself. */
  loadedAt: number
}

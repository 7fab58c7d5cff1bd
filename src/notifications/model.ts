import type { Priority } from '../alert-sources/event.ts'
import type { PlannedSchedule } from '../incidents/model.ts'

/** The channels that reach a person, by iLert's names for the methods. */
export type ChannelName = 'EMAIL' | 'SMS' | 'VOICE' | 'PUSH'

/** The channels that tell what needs no answer: nobody's phone rings for a reminder. */
export type NoticeChannel = Exclude<ChannelName, 'VOICE'>

/** One step of a user's notification preferences, with its contact looked up. */
export interface PreferenceStep {
  channel: ChannelName
  /** An address, a number in E.164, or for push the user's devices as a whole. */
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
  /** None in profiles of before there were schedules. */
  duties?: Duties
  /** Grows with each publication; an older one is ignored. */
  revision: number
}

/** Where a user reads notices. */
export interface NoticeTarget {
  channel: NoticeChannel
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

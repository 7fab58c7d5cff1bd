import type { Priority } from '../alert-sources/event.ts'

/** The channels that reach a person, by iLert's names for the methods. */
export type ChannelName = 'EMAIL' | 'SMS' | 'VOICE' | 'PUSH'

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
  /** Grows with each publication; an older one is ignored. */
  revision: number
}

/** What an event asks for. */
export type EventType = 'ALERT' | 'ACCEPT' | 'RESOLVE' | 'COMMENT'

export type Priority = 'HIGH' | 'LOW'

export interface EventLink {
  href: string
  text?: string
}

export interface EventImage {
  src: string
  href?: string
  alt?: string
}

export interface EventComment {
  creator: string
  content: string
}

/** One message from outside, in the one form that every way in translates to. Already validated and bounded. */
export interface InboundEvent {
  type: EventType
  /** Trimmed; compared without regard to case. Null: the event has no key. */
  key: string | null
  summary: string
  details: string | null
  priority: Priority | null
  /** 1 is the worst, 5 the mildest. */
  severity: number | null
  images: EventImage[]
  links: EventLink[]
  comments: EventComment[]
  labels: Record<string, string>
  customDetails: Record<string, unknown> | null
}

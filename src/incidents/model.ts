import type { EventComment, EventImage, EventLink, Priority } from '../alert-sources/event.ts'
import type { MaintenanceWindow } from '../maintenance/model.ts'
import type { UpdateType } from '../notifications/model.ts'
import type { Schedule } from '../on-call/model.ts'

export type IncidentStatus = 'PENDING' | 'ACCEPTED' | 'RESOLVED'

/** Where an answer came from. */
export type AnswerChannel = 'web' | 'api' | 'email' | 'sms' | 'voice' | 'push' | 'telegram'

/** Who did something to an incident. */
export type Actor =
  | { type: 'user'; userId: number; name: string; channel: AnswerChannel }
  | { type: 'source'; name: string }
  | { type: 'system'; reason: string }

export interface Person {
  userId: number
  name: string
}

/** Somebody whom a level reaches. */
export interface LevelMember extends Person {
  /** The schedule that puts them on call; none: the level names them. */
  onCallFor?: { id: number; name: string }
}

/** What a level names. A schedule is resolved at the moment of assignment; the plan takes it along. */
export type Target = ({ type: 'user' } & Person) | { type: 'schedule'; scheduleId: number; name: string }

/** A schedule as a plan takes it along, so that who is on call is known without D1. */
export interface PlannedSchedule {
  id: number
  name: string
  schedule: Schedule
  /** Everybody whom it can put on call. */
  people: Person[]
}

export interface Level {
  /** How long to wait for an answer before the next level; null: nothing comes after it. */
  timeoutMs: number | null
  targets: Target[]
}

/** An escalation policy, compiled: everything an incident needs to page people without asking D1. */
export interface ResponsePlan {
  policyId: number | null
  policyName: string
  /** Before the first level is paged. */
  initialDelayMs: number
  /** How many times the levels are gone through, 1 to 9. */
  passes: number
  levels: Level[]
  /** What the levels name; none where they name people only. */
  schedules?: PlannedSchedule[]
  /** Paged when no level has anybody: by default the administrators. */
  fallback: Person[]
}

/** Somebody asked for attention, now or earlier. */
export interface Responder extends Person {
  /** Grows with each page of this person, so that what belongs to an earlier page is told from the present one. */
  pageNumber: number
  pagedAt: number
  status: 'PENDING' | 'ACCEPTED' | 'WITHDRAWN'
  unreachable: boolean
  /** A person asked for this page: it goes out whatever holds the others back. */
  byHand?: boolean
  /** Something of this page was not sent, because the incident was held back: they are paged anew. */
  held?: boolean
}

export interface Escalation {
  /** 1 for the first time through the levels. 0: the initial delay is running. */
  pass: number
  /** Index into the plan's levels of the one paged last; -1: none yet. */
  level: number
  /** Who was paged when that level was: who is on call may have changed since. None in states of before there were schedules. */
  paged?: LevelMember[]
  /** When the next level is due: the present one's assignment + timeout. Null: nothing is. */
  dueAt: number | null
  /** The last pass is over and nobody answered. */
  ended: boolean
  fallbackPaged: boolean
}

/** What an incident is from its opening on. */
interface Opened {
  /** sourceId · 2^32 + number */
  id: number
  /** PROM-42 */
  reference: string
  source: { id: number; name: string }
  key: string | null
  summary: string
  details: string | null
  priority: Priority
  severity: number | null
  links: EventLink[]
  images: EventImage[]
  labels: Record<string, string>
  customDetails: Record<string, unknown> | null
  plan: ResponsePlan
  autoResolveAfterMs: number | null
  /** A RESOLVE takes effect only if no ALERT follows for so long. None in states of before there was that. */
  resolveDelayMs?: number
  /** When an incident of LOW priority that nobody has accepted becomes HIGH. Null or none: never. */
  raiseAt?: number | null
  /** Of the source, as they were known last: while one runs, nobody is paged but by hand. */
  maintenance?: MaintenanceWindow[]
  /** Whether the source wants to hear of every change of status, or only of the end. */
  tellEveryStatus: boolean
  openedAt: number
}

/** All that is needed to open an incident. The alert source repeats it until the incident has confirmed. */
export interface Opening extends Opened {
  comments: EventComment[]
  /** Opened by hand: by whom. */
  openedBy: string | null
}

export interface IncidentState extends Opened {
  status: IncidentStatus
  escalation: Escalation
  responders: Responder[]
  assignedTo: Person | null
  acceptedBy: string | null
  resolvedBy: string | null
  acceptedAt: number | null
  resolvedAt: number | null
  snoozedUntil: number | null
  /** Something was due in a maintenance window and is put off until then. Null or none: nothing is. */
  heldUntil?: number | null
  /** The source said that it is over: resolved then, unless it comes back before. */
  resolvingAt?: number | null
  lastAlertAt: number
  eventCount: number
  /** Grows with every change; the read model keeps the newest. */
  version: number
}

/** What people and sources may do to an open incident. */
export type Act =
  | { type: 'accept' }
  | { type: 'resolve' }
  | { type: 'escalate' /** Index of the level to page; null: the next */; level: number | null }
  | {
      type: 'assign'
      plan: ResponsePlan /** As the timeline says it, such as "Ann Smith", "schedule Primary" or "policy Web" */
      to: string
      user: Person | null
    }
  | { type: 'add-responder'; user: Person }
  | { type: 'snooze'; until: number }
  | { type: 'comment'; text: string }

/** What became of an act. `refused` acts change nothing; `message` says why in words for the person. */
export interface ActResult {
  outcome:
    | 'done'
    | 'already-accepted'
    | 'already-resolved'
    | 'no-such-incident'
    | 'nobody-to-escalate-to'
    | 'no-such-level'
    | 'not-possible'
  message: string
  status: IncidentStatus | null
}

/** What an object must bring about elsewhere after a change. */
export type Effect =
  | { type: 'page'; userId: number; page: PageRequest }
  | { type: 'withdraw'; userId: number; withdrawal: Withdrawal }
  | { type: 'update'; userId: number; update: StatusChange }
  | { type: 'tell-source'; status: IncidentStatus }

/** Asks for one user's attention. */
export interface PageRequest {
  incidentId: number
  reference: string
  pageNumber: number
  summary: string
  details: string | null
  priority: Priority
  sourceName: string
  /** Steps of the user's preferences count from here. */
  assignedAt: number
}

/** Ends a page: what the user needs to know if they answer all the same. */
export interface Withdrawal extends StatusChange {
  /** 'answered': still open, so their reply code still works. 'resolved': the code is free again. */
  reason: 'answered' | 'resolved'
}

/** Something that happened to an incident, for one user who was paged for it. */
export interface StatusChange {
  incidentId: number
  /** The user's latest page; a withdrawal's ends with it all before. */
  pageNumber: number
  /** "accepted by Ann Smith" */
  message: string
  /** What to tell who wants to know; missing: nothing. */
  change?: UpdateType
  /** Who did it needs no telling; null: no user. */
  byUserId?: number | null
}

/** How a page ends for who asked for help. A second press of the same button must not page one level more. */
export const ESCALATED_BY_YOU = 'escalated by you'
/** The same for who accepted. */
export const ACCEPTED_BY_YOU = 'accepted by you'

/** What happened to a notification, as the timeline tells it. */
export interface NotificationReport {
  notificationId: string
  userId: number
  userName: string
  channel: 'EMAIL' | 'SMS' | 'VOICE' | 'PUSH' | 'TELEGRAM'
  /** Masked: enough to recognise, too little to misuse. */
  target: string
  /**
   * 'held': it waits for a bundle with others. 'delivered' and 'undelivered' are what a carrier says later of what it took.
   */
  outcome: 'sent' | 'failed' | 'retrying' | 'refused' | 'held' | 'delivered' | 'undelivered'
  provider: string | null
  reason: string | null
  at: number
}

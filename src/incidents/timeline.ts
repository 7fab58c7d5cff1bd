import type { EventComment, EventType, Priority } from '../alert-sources/event.ts'
import type { Actor, LevelMember, NotificationReport, Person } from './model.ts'

/** What happened to an incident, in the order in which it happened. */
export type TimelineEntry =
  | { type: 'opened'; source: string; by: string | null; priority: Priority }
  | { type: 'event'; eventType: EventType; summary: string; comments: EventComment[] }
  | { type: 'comment'; by: string; text: string }
  | { type: 'level-paged'; level: number; pass: number; people: LevelMember[]; assignedAt: number }
  /** `schedules`: by name, those of the level for which nobody is on call */
  | { type: 'level-skipped'; level: number; schedules?: string[] }
  | { type: 'waiting'; until: number }
  | { type: 'fallback-paged'; people: Person[]; reason: 'no-level-has-anybody' | 'nobody-reachable' }
  | { type: 'nobody-to-page' }
  | { type: 'escalation-ended' }
  | { type: 'unreachable'; person: Person }
  | { type: 'accepted'; by: Actor }
  | { type: 'resolved'; by: Actor }
  | { type: 'escalated'; by: Actor; level: number }
  | { type: 'assigned'; by: Actor; to: string }
  | { type: 'responder-added'; by: Actor; person: Person }
  | { type: 'snoozed'; by: Actor; until: number }
  | { type: 'snooze-ended' }
  | { type: 'held'; window: string; until: number }
  | { type: 'paged-again'; people: Person[] }
  | { type: 'raised' }
  | { type: 'resolving'; until: number }
  | { type: 'resolve-cancelled' }
  | { type: 'notification'; report: NotificationReport }
  | { type: 'cut' }

/** iLert's classes of entries, for filtering. */
export type FilterType = 'NOTIFICATIONS' | 'ALERT_SOURCE_EVENTS' | 'INCIDENT_UPDATES'

export function filterTypes(entry: TimelineEntry): FilterType[] {
  switch (entry.type) {
    case 'notification':
    case 'unreachable':
      return ['NOTIFICATIONS']
    case 'event':
    case 'opened':
      return ['ALERT_SOURCE_EVENTS']
    default:
      return ['INCIDENT_UPDATES']
  }
}

/** The entry as a sentence. Instants are left to the reader's own zone: entries carry their time beside them. */
export function describeEntry(entry: TimelineEntry): string {
  switch (entry.type) {
    case 'opened':
      return entry.by
        ? `Opened by ${entry.by} at ${entry.source}, priority ${entry.priority}`
        : `Opened by an event of ${entry.source}, priority ${entry.priority}`
    case 'event':
      return [`${entry.eventType} event: ${entry.summary}`, ...entry.comments.map(commentText)].join('\n')
    case 'comment':
      return `${entry.by}: ${entry.text}`
    case 'waiting':
      return 'Waiting before the first level, as the policy says'
    case 'level-paged':
      return `Paged level ${entry.level + 1}: ${entry.people.map(memberName).join(', ')}${entry.pass > 1 ? ` (time ${entry.pass} through the policy)` : ''}`
    case 'level-skipped':
      return `Skipped level ${entry.level + 1}: nobody is ${entry.schedules?.length ? `on call for ${entry.schedules.join(', ')}` : 'there'}`
    case 'fallback-paged':
      return entry.reason === 'nobody-reachable'
        ? `Nobody could be reached, so the fallback contacts are paged: ${names(entry.people)}`
        : `No level of the policy has anybody, so the fallback contacts are paged: ${names(entry.people)}`
    case 'nobody-to-page':
      return 'Nobody is left to page: no level and no fallback contact has anybody who can be reached. Add people to the escalation policy'
    case 'escalation-ended':
      return 'Escalation ended: everybody was paged and nobody answered'
    case 'unreachable':
      return `${entry.person.name} could not be reached on any channel`
    case 'accepted':
      return `Accepted by ${actorName(entry.by)}`
    case 'resolved':
      return `Resolved by ${actorName(entry.by)}`
    case 'escalated':
      return `Escalated to level ${entry.level + 1} by ${actorName(entry.by)}`
    case 'assigned':
      return `Assigned to ${entry.to} by ${actorName(entry.by)}`
    case 'responder-added':
      return `${entry.person.name} was added as a responder by ${actorName(entry.by)}`
    case 'snoozed':
      return `Snoozed by ${actorName(entry.by)}`
    case 'snooze-ended':
      return 'Snooze ended: paging again'
    case 'held':
      return `Held: nobody is paged during the maintenance window ${entry.window}`
    case 'paged-again':
      return `Paged again: ${names(entry.people)}`
    case 'raised':
      return 'Raised to priority HIGH: the support hours began'
    case 'resolving':
      return 'Not resolved yet: the alert source waits whether the problem comes back'
    case 'resolve-cancelled':
      return 'The problem came back: it stays open'
    case 'notification':
      return describeNotification(entry.report)
    case 'cut':
      return 'The timeline is full: further repeats are counted, but not listed'
  }
}

const CHANNEL_WORDS = { EMAIL: 'E-mail', SMS: 'SMS', VOICE: 'Call', PUSH: 'Push', TELEGRAM: 'Telegram' } as const

function describeNotification(report: NotificationReport): string {
  const what = `${CHANNEL_WORDS[report.channel]} to ${report.userName}${report.target ? ` (${report.target})` : ''}`
  const reason = report.reason ? `: ${report.reason}` : ''
  switch (report.outcome) {
    case 'sent':
      return `${what} sent${report.provider ? ` through ${report.provider}` : ''}${report.reason ? `, ${report.reason}` : ''}`
    case 'failed':
      return `${what} failed${reason}`
    case 'retrying':
      return `${what} failed for now and is tried again${reason}`
    case 'held':
      return `${what} waits for others, to be told as one message`
    case 'refused':
      return `${what} was not sent${reason}`
    case 'delivered':
      return `${what} ${report.channel === 'VOICE' ? 'was answered' : 'was delivered'}`
    case 'undelivered':
      return `${what} did not arrive${reason}`
  }
}

const ON_CHANNEL = {
  web: '',
  api: ' through the API',
  email: ' by e-mail',
  sms: ' by SMS',
  voice: ' by phone',
  push: ' by push',
  telegram: ' by Telegram',
} as const

function commentText({ creator, content }: EventComment): string {
  return `${creator}: ${content}`
}

/** "Ann Smith by SMS", "the alert source Web", "Tocsin (no event for 4 hours)". */
export function actorName(actor: Actor): string {
  switch (actor.type) {
    case 'user':
      return `${actor.name}${ON_CHANNEL[actor.channel]}`
    case 'source':
      return `the alert source ${actor.name}`
    case 'system':
      return `Tocsin (${actor.reason})`
  }
}

/** "Ann Smith (on call for Primary)" */
function memberName({ name, onCallFor }: LevelMember): string {
  return onCallFor ? `${name} (on call for ${onCallFor.name})` : name
}

function names(people: Person[]): string {
  return people.map(({ name }) => name).join(', ')
}

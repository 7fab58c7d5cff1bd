import { describe, it } from 'vitest'
import { ann, ben, NOON, user } from './incident.fixtures.ts'
import type { NotificationReport } from './model.ts'
import { actorName, describeEntry, filterTypes, type TimelineEntry } from './timeline.ts'

function aReport(given: Partial<NotificationReport> = {}): NotificationReport {
  return {
    notificationId: '42-1-1-0',
    userId: 1,
    userName: 'Ann',
    channel: 'SMS',
    target: '…0001',
    outcome: 'sent',
    provider: 'sandbox',
    reason: null,
    at: NOON,
    ...given,
  }
}

const notification = (given: Partial<NotificationReport>): TimelineEntry => ({
  type: 'notification',
  report: aReport(given),
})

describe('an entry of the timeline', () => {
  const sentences: [entry: TimelineEntry, sentence: string][] = [
    [{ type: 'opened', source: 'Web', by: null, priority: 'LOW' }, 'Opened by an event of Web, priority LOW'],
    [{ type: 'opened', source: 'Web', by: 'Ann', priority: 'HIGH' }, 'Opened by Ann at Web, priority HIGH'],
    [{ type: 'event', eventType: 'ALERT', summary: 'Disk full', comments: [] }, 'ALERT event: Disk full'],
    [
      { type: 'event', eventType: 'COMMENT', summary: 'Disk full', comments: [{ creator: 'Bot', content: 'still' }] },
      'COMMENT event: Disk full\nBot: still',
    ],
    [{ type: 'comment', by: 'Ann', text: 'Looking' }, 'Ann: Looking'],
    [{ type: 'waiting', until: NOON }, 'Waiting before the first level, as the policy says'],
    [{ type: 'level-paged', level: 0, pass: 1, people: [ann, ben], assignedAt: NOON }, 'Paged level 1: Ann, Ben'],
    [
      { type: 'level-paged', level: 1, pass: 3, people: [ann], assignedAt: NOON },
      'Paged level 2: Ann (time 3 through the policy)',
    ],
    [{ type: 'level-skipped', level: 1 }, 'Skipped level 2: nobody is there'],
    [
      { type: 'fallback-paged', people: [ann], reason: 'no-level-has-anybody' },
      'No level of the policy has anybody, so the fallback contacts are paged: Ann',
    ],
    [
      { type: 'fallback-paged', people: [ann], reason: 'nobody-reachable' },
      'Nobody could be reached, so the fallback contacts are paged: Ann',
    ],
    [
      { type: 'nobody-to-page' },
      'Nobody is left to page: no level and no fallback contact has anybody who can be reached. ' +
        'Add people to the escalation policy',
    ],
    [{ type: 'escalation-ended' }, 'Escalation ended: everybody was paged and nobody answered'],
    [{ type: 'unreachable', person: ann }, 'Ann could not be reached on any channel'],
    [{ type: 'accepted', by: user(ann, 'voice') }, 'Accepted by Ann by phone'],
    [{ type: 'resolved', by: { type: 'source', name: 'Web' } }, 'Resolved by the alert source Web'],
    [{ type: 'held', window: 'Upgrade', until: NOON }, 'Held: nobody is paged during the maintenance window Upgrade'],
    [{ type: 'paged-again', people: [ann, ben] }, 'Paged again: Ann, Ben'],
    [{ type: 'raised' }, 'Raised to priority HIGH: the support hours began'],
    [{ type: 'resolving', until: NOON }, 'Not resolved yet: the alert source waits whether the problem comes back'],
    [{ type: 'resolve-cancelled' }, 'The problem came back: it stays open'],
    [{ type: 'escalated', by: user(ann), level: 1 }, 'Escalated to level 2 by Ann'],
    [{ type: 'assigned', by: user(ann, 'api'), to: 'policy Web' }, 'Assigned to policy Web by Ann through the API'],
    [{ type: 'responder-added', by: user(ann), person: ben }, 'Ben was added as a responder by Ann'],
    [{ type: 'snoozed', by: user(ann, 'push'), until: NOON }, 'Snoozed by Ann by push'],
    [{ type: 'snooze-ended' }, 'Snooze ended: paging again'],
    [notification({}), 'SMS to Ann (…0001) sent through sandbox'],
    [notification({ channel: 'PUSH', target: '', provider: null }), 'Push to Ann sent'],
    [
      notification({ channel: 'VOICE', outcome: 'failed', reason: 'no such number' }),
      'Call to Ann (…0001) failed: no such number',
    ],
    [
      notification({ channel: 'EMAIL', target: 'a…@example.com', outcome: 'retrying', reason: 'busy' }),
      'E-mail to Ann (a…@example.com) failed for now and is tried again: busy',
    ],
    [
      notification({ outcome: 'refused', reason: 'it was answered' }),
      'SMS to Ann (…0001) was not sent: it was answered',
    ],
    [{ type: 'cut' }, 'The timeline is full: further repeats are counted, but not listed'],
  ]

  it.for(sentences)('$0.type reads as a sentence: $1', ([entry, sentence], { expect }) => {
    expect(describeEntry(entry)).toBe(sentence)
  })

  it('is of iLert’s class', ({ expect }) => {
    const classes = Object.groupBy(
      sentences.map(([entry]) => entry),
      (entry) => filterTypes(entry).join(),
    )
    const typesOf = (name: string) => [...new Set(classes[name]?.map(({ type }) => type))].sort()
    expect(Object.keys(classes).sort()).toEqual(['ALERT_SOURCE_EVENTS', 'INCIDENT_UPDATES', 'NOTIFICATIONS'])
    expect(typesOf('NOTIFICATIONS')).toEqual(['notification', 'unreachable'])
    expect(typesOf('ALERT_SOURCE_EVENTS')).toEqual(['event', 'opened'])
  })
})

describe('an actor', () => {
  it('is named with how they answered', ({ expect }) => {
    expect(actorName(user(ann))).toBe('Ann')
    expect(actorName(user(ann, 'email'))).toBe('Ann by e-mail')
    expect(actorName({ type: 'system', reason: 'no event for 4 hours' })).toBe('Tocsin (no event for 4 hours)')
  })
})

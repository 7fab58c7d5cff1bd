import { describe, it } from 'vitest'
import { anIncident, ann, anOpening, aPlan, ben, cleo, HOUR, level, MINUTE, NOON, user } from './incident.fixtures.ts'
import { nextDeadline, open } from './lifecycle.ts'

describe('an incident that opens', () => {
  it('is pending and pages the first level', ({ expect }) => {
    const incident = anIncident()
    expect(incident.state).toMatchObject({ status: 'PENDING', openedAt: NOON, eventCount: 1, version: 1 })
    expect(incident.paged()).toEqual(['Ann'])
    expect(incident.told()).toEqual(['Opened by an event of Prometheus, priority HIGH', 'Paged level 1: Ann'])
    expect(nextDeadline(incident.state)).toBe(NOON + 5 * MINUTE)
  })

  it('late, behind others of a storm, gives people their whole time all the same', ({ expect }) => {
    const { state, effects } = open(anOpening({ autoResolveAfterMs: HOUR }), NOON + 10 * MINUTE)
    expect(state).toMatchObject({ openedAt: NOON, escalation: { dueAt: NOON + 15 * MINUTE } })
    expect(effects).toMatchObject([{ type: 'page', page: { assignedAt: NOON + 10 * MINUTE } }])
    expect(nextDeadline({ ...state, status: 'ACCEPTED' })).toBe(NOON + HOUR + 10 * MINUTE)
  })

  it('says who opened it by hand, and carries the comments of its event', ({ expect }) => {
    const incident = anIncident({ openedBy: 'Cleo', comments: [{ creator: 'Nagios', content: 'Seen twice' }] })
    expect(incident.told()).toEqual([
      'Opened by Cleo at Prometheus, priority HIGH',
      'Nagios: Seen twice',
      'Paged level 1: Ann',
    ])
  })
})

describe('a pending incident', () => {
  it('takes a repeated ALERT without paging anybody again', ({ expect }) => {
    const incident = anIncident()
    incident.paged()
    incident.pass(MINUTE).receives('ALERT', { summary: 'Disk still full' })
    expect(incident.paged()).toEqual([])
    expect(incident.state).toMatchObject({ status: 'PENDING', eventCount: 2, lastAlertAt: NOON + MINUTE })
    expect(incident.told()).toContain('ALERT event: Disk still full')
    expect(nextDeadline(incident.state)).toBe(NOON + 5 * MINUTE)
  })

  it('takes a COMMENT with what it says', ({ expect }) => {
    const incident = anIncident()
    incident.told()
    incident.receives('COMMENT', { summary: 'Note', comments: [{ creator: 'Cleo', content: 'On my way' }] })
    expect(incident.told()).toEqual(['COMMENT event: Note\nCleo: On my way'])
    expect(incident.state).toMatchObject({ status: 'PENDING', eventCount: 1 })
  })

  it('is assigned to who accepts it: no more timers, no more pages', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann, cleo), level(5, ben)]) }).pass(MINUTE)
    incident.paged()
    expect(incident.act({ type: 'accept' }, user(ann, 'sms'))).toEqual({
      outcome: 'done',
      message: 'PROM-42 accepted',
      status: 'ACCEPTED',
    })
    expect(incident.state).toMatchObject({
      status: 'ACCEPTED',
      acceptedAt: NOON + MINUTE,
      acceptedBy: 'Ann',
      assignedTo: ann,
    })
    expect(incident.withdrawn()).toEqual(['Ann: accepted by you', 'Cleo: accepted by Ann'])
    expect(incident.responder(ann).status).toBe('ACCEPTED')
    expect(incident.responder(cleo).status).toBe('WITHDRAWN')
    expect(incident.told()).toContain('Accepted by Ann by SMS')
    expect(incident.pass(24 * HOUR).paged()).toEqual([])
  })

  it('can be accepted by somebody who was not paged', ({ expect }) => {
    const incident = anIncident()
    expect(incident.accept(cleo).outcome).toBe('done')
    expect(incident.state.assignedTo).toEqual(cleo)
    expect(incident.withdrawn()).toEqual(['Ann: accepted by Cleo'])
  })

  it('can be accepted by its source', ({ expect }) => {
    const incident = anIncident().receives('ACCEPT')
    expect(incident.state).toMatchObject({
      status: 'ACCEPTED',
      acceptedBy: 'the alert source Prometheus',
      assignedTo: null,
    })
    expect(incident.withdrawn()).toEqual(['Ann: accepted by the alert source Prometheus'])
  })

  it('is resolved by a person', ({ expect }) => {
    const incident = anIncident().pass(5 * MINUTE)
    expect(incident.resolve(ben)).toEqual({ outcome: 'done', message: 'PROM-42 resolved', status: 'RESOLVED' })
    expect(incident.state).toMatchObject({
      status: 'RESOLVED',
      resolvedAt: NOON + 5 * MINUTE,
      resolvedBy: 'Ben',
      acceptedBy: null,
    })
    expect(incident.withdrawn()).toEqual(['Ann: resolved by Ben', 'Ben: resolved by Ben'])
    expect(incident.asking()).toEqual([])
    expect(nextDeadline(incident.state)).toBeNull()
  })

  it('is resolved by its source', ({ expect }) => {
    const incident = anIncident().receives('RESOLVE')
    expect(incident.state).toMatchObject({ status: 'RESOLVED', resolvedBy: 'the alert source Prometheus' })
    expect(incident.told().slice(-2)).toEqual([
      'RESOLVE event: Disk full on db-1',
      'Resolved by the alert source Prometheus',
    ])
  })
})

describe('an accepted incident', () => {
  it('takes a repeated ALERT in silence', ({ expect }) => {
    const incident = anIncident()
    incident.accept(ann)
    incident.paged()
    incident.receives('ALERT').receives('ACCEPT')
    expect(incident.state).toMatchObject({ status: 'ACCEPTED', acceptedBy: 'Ann', eventCount: 2 })
    expect(incident.pass(24 * HOUR).paged()).toEqual([])
  })

  it('tells a second person who was faster', ({ expect }) => {
    const incident = anIncident()
    incident.accept(ann)
    incident.told()
    expect(incident.accept(ben)).toEqual({
      outcome: 'already-accepted',
      message: 'PROM-42 was already accepted by Ann',
      status: 'ACCEPTED',
    })
    expect(incident.accept(ann).outcome).toBe('already-accepted')
    expect(incident.told()).toEqual([])
  })

  it('releases everybody who was ever paged when it is resolved, so that their codes are free again', ({ expect }) => {
    const incident = anIncident().pass(5 * MINUTE)
    incident.accept(ann)
    incident.withdrawn()
    incident.resolve(ann)
    expect(incident.withdrawn()).toEqual(['Ann: resolved by Ann', 'Ben: resolved by Ann'])
  })
})

describe('a resolved incident', () => {
  const resolved = () => {
    const incident = anIncident({ autoResolveAfterMs: HOUR })
    incident.resolve(ann)
    return incident
  }

  it('takes no event', ({ expect }) => {
    const incident = resolved()
    const before = incident.state
    incident.receives('ALERT').receives('ACCEPT').receives('RESOLVE').receives('COMMENT')
    expect(incident.state).toBe(before)
  })

  it('refuses every act with the reason', ({ expect }) => {
    const incident = resolved()
    const before = incident.state
    for (const result of [
      incident.accept(ben),
      incident.resolve(ben),
      incident.escalate(ben),
      incident.assignTo(ben, ben),
      incident.act({ type: 'add-responder', user: ben }, ben),
      incident.snooze(ben, HOUR),
    ]) {
      expect(result).toEqual({
        outcome: 'already-resolved',
        message: 'PROM-42 was already resolved by Ann',
        status: 'RESOLVED',
      })
    }
    expect(incident.state).toBe(before)
  })

  it('still takes a comment, because people write down what they learnt', ({ expect }) => {
    const incident = resolved()
    const before = incident.state
    incident.told()
    expect(incident.act({ type: 'comment', text: 'The log rotation was off' }, ben).outcome).toBe('done')
    expect(incident.told()).toEqual(['Ben: The log rotation was off'])
    expect(incident.state).toEqual({ ...before, version: before.version + 1 })
  })

  it('waits for nothing', ({ expect }) => {
    const incident = resolved()
    incident.paged()
    incident.cannotReach(ann)
    expect(incident.pass(24 * HOUR).paged()).toEqual([])
  })
})

describe('auto-resolution', () => {
  it('resolves when no ALERT came for the time set', ({ expect }) => {
    const incident = anIncident({ autoResolveAfterMs: 4 * HOUR })
    expect(incident.pass(4 * HOUR - 1).state.status).toBe('PENDING')
    expect(incident.pass(1).state).toMatchObject({ status: 'RESOLVED', resolvedAt: NOON + 4 * HOUR })
    expect(incident.told().at(-1)).toBe('Resolved by Tocsin (no event came for the time set at the alert source)')
  })

  it('moves with each ALERT, and with nothing else', ({ expect }) => {
    const incident = anIncident({ autoResolveAfterMs: 4 * HOUR })
    incident
      .pass(3 * HOUR)
      .receives('ALERT')
      .pass(HOUR)
      .receives('COMMENT')
    expect(nextDeadline(incident.state)).toBe(NOON + 7 * HOUR)
  })

  it('ends an accepted incident, and a snooze, too', ({ expect }) => {
    const incident = anIncident({ autoResolveAfterMs: HOUR })
    incident.snooze(ann, 2 * HOUR)
    expect(incident.pass(HOUR).state).toMatchObject({ status: 'RESOLVED', snoozedUntil: null })
  })

  it('goes before paging when both became due in a stand-still', ({ expect }) => {
    const incident = anIncident({ autoResolveAfterMs: HOUR })
    incident.paged()
    expect(incident.standStill(2 * HOUR).paged()).toEqual([])
    expect(incident.state.status).toBe('RESOLVED')
  })
})

describe('the alert source', () => {
  it('hears of the end, and of every change of status only where its grouping needs it', ({ expect }) => {
    const quiet = anIncident()
    const chatty = anIncident({ tellEveryStatus: true })
    for (const incident of [quiet, chatty]) {
      incident.accept(ann)
      incident.escalate(ann)
      incident.escalate(ben)
      incident.resolve(ben)
    }
    expect(quiet.toldSource()).toEqual(['RESOLVED'])
    expect(chatty.toldSource()).toEqual(['ACCEPTED', 'PENDING', 'RESOLVED'])
  })
})

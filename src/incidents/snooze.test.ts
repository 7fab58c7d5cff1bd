import { describe, it } from 'vitest'
import { anIncident, ann, aPlan, ben, cleo, HOUR, level, MINUTE, NOON } from './incident.fixtures.ts'
import { nextDeadline } from './lifecycle.ts'

describe('a snooze', () => {
  it('accepts, and pages again when it ends', ({ expect }) => {
    const incident = anIncident({ tellEveryStatus: true })
    incident.paged()
    expect(incident.snooze(ann, HOUR)).toMatchObject({ outcome: 'done', status: 'ACCEPTED' })
    expect(incident.told().slice(-2)).toEqual(['Accepted by Ann', 'Snoozed by Ann'])
    expect(incident.pass(HOUR - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ann'])
    expect(incident.state).toMatchObject({ status: 'PENDING', snoozedUntil: null, acceptedBy: null, assignedTo: null })
    expect(incident.told().slice(-2)).toEqual(['Snooze ended: paging again', 'Paged level 1: Ann'])
    expect(incident.toldSource()).toEqual(['ACCEPTED', 'PENDING'])
    expect(incident.pass(5 * MINUTE).paged()).toEqual(['Ben'])
  })

  it('pages the level at which it was accepted, and whoever it is assigned to', ({ expect }) => {
    const incident = anIncident().pass(5 * MINUTE)
    incident.accept(cleo)
    incident.snooze(cleo, HOUR)
    incident.paged()
    expect(incident.pass(HOUR).paged()).toEqual(['Ben', 'Cleo'])
  })

  it('pages again although the escalation had ended before', ({ expect }) => {
    const incident = anIncident().pass(HOUR)
    incident.snooze(ann, HOUR)
    incident.paged()
    expect(incident.pass(HOUR).paged()).toEqual(['Ben', 'Ann'])
    expect(incident.state.escalation.ended).toBe(false)
  })

  it('takes up no more time through the policy than there was left', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5, ben)], { passes: 2 }) }).pass(10 * MINUTE)
    incident.snooze(ann, HOUR)
    incident.paged()
    expect(incident.pass(2 * HOUR).paged()).toEqual(['Ann', 'Ben'])
    expect(incident.state.escalation.ended).toBe(true)
  })

  it('that began in the initial delay ends at the first level', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5, ben)], { initialDelayMs: 10 * MINUTE }) })
    incident.snooze(ben, HOUR)
    expect(incident.pass(HOUR).paged()).toEqual(['Ann', 'Ben'])
  })

  it('pages the fallback contacts again where no level has anybody', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([]) })
    incident.receives('ACCEPT')
    incident.snooze(cleo, HOUR)
    incident.paged()
    expect(incident.pass(HOUR).paged()).toEqual(['Dana'])
  })

  it('computes what is due from its end, however late it is noticed', ({ expect }) => {
    const incident = anIncident()
    incident.snooze(ann, HOUR)
    incident.paged()
    expect(incident.standStill(HOUR + 6 * MINUTE).paged()).toEqual(['Ann', 'Ben'])
    expect(nextDeadline(incident.state)).toBe(NOON + HOUR + 10 * MINUTE)
  })

  it('is over when the incident is escalated, assigned or resolved', ({ expect }) => {
    const ends = [
      (incident: ReturnType<typeof anIncident>) => incident.escalate(ann),
      (incident: ReturnType<typeof anIncident>) => incident.assignTo(ben, ann),
      (incident: ReturnType<typeof anIncident>) => incident.resolve(ann),
    ]
    for (const end of ends) {
      const incident = anIncident()
      incident.snooze(ann, HOUR)
      end(incident)
      expect(incident.state.snoozedUntil).toBeNull()
    }
  })

  it('can be moved', ({ expect }) => {
    const incident = anIncident()
    incident.snooze(ann, HOUR)
    incident.snooze(ann, 2 * HOUR)
    incident.paged()
    expect(incident.pass(2 * HOUR - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ann'])
  })

  it('can not end in the past', ({ expect }) => {
    const incident = anIncident()
    const before = incident.state
    expect(incident.snooze(ann, 0)).toEqual({
      outcome: 'not-possible',
      message: 'The snooze would end in the past',
      status: 'PENDING',
    })
    expect(incident.state).toBe(before)
  })
})

import { describe, it } from 'vitest'
import { anIncident, ann, aPlan, ben, cleo, dana, level, MINUTE, NOON } from './incident.fixtures.ts'
import { nextDeadline } from './lifecycle.ts'

describe('somebody who can not be reached', () => {
  it('is escalated past at once', ({ expect }) => {
    const incident = anIncident().pass(MINUTE)
    incident.paged()
    expect(incident.cannotReach(ann).paged()).toEqual(['Ben'])
    expect(incident.told().slice(-2)).toEqual(['Ann could not be reached on any channel', 'Paged level 2: Ben'])
    expect(nextDeadline(incident.state)).toBe(NOON + 6 * MINUTE)
  })

  it('changes nothing while somebody else of the level can be reached', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann, cleo), level(5, ben)]) })
    incident.paged()
    expect(incident.cannotReach(ann).paged()).toEqual([])
    expect(incident.cannotReach(cleo).paged()).toEqual(['Ben'])
  })

  it('is escalated past at once, the second time through the policy, too', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5, ben)], { passes: 2 }) }).pass(10 * MINUTE)
    incident.paged()
    expect(incident.cannotReach(ann).paged()).toEqual(['Ben'])
  })

  it('of a level that is past changes nothing', ({ expect }) => {
    const incident = anIncident().pass(5 * MINUTE)
    incident.paged()
    expect(incident.cannotReach(ann).paged()).toEqual([])
  })

  it('is heard of once', ({ expect }) => {
    const incident = anIncident()
    incident.cannotReach(ann)
    const { version } = incident.state
    expect(incident.cannotReach(ann).state.version).toBe(version)
  })

  it('was paged again meanwhile: what an earlier page found counts no longer', ({ expect }) => {
    const incident = anIncident()
    const { pageNumber } = incident.responder(ann)
    incident.act({ type: 'add-responder', user: ann }, ben)
    incident.paged()
    expect(incident.cannotReach(ann, pageNumber).paged()).toEqual([])
    expect(incident.responder(ann).unreachable).toBe(false)
  })

  it('accepted meanwhile: nothing is left to do', ({ expect }) => {
    const incident = anIncident()
    incident.accept(ann)
    const before = incident.state
    expect(incident.cannotReach(ann).state).toBe(before)
  })

  it('leaves the next time through the policy to its time', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann)], { passes: 2 }) })
    incident.paged()
    incident.cannotReach(ann)
    expect(incident.paged()).toEqual(['Dana'])
    expect(incident.pass(5 * MINUTE - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ann'])
  })

  it('and was the last: the fallback contacts are paged', ({ expect }) => {
    const incident = anIncident()
    incident.cannotReach(ann)
    incident.paged()
    expect(incident.cannotReach(ben).paged()).toEqual(['Dana'])
    expect(incident.told().at(-1)).toBe('Nobody could be reached, so the fallback contacts are paged: Dana')
    expect(incident.cannotReach(dana).paged()).toEqual([])
    expect(incident.told()).toEqual(['Dana could not be reached on any channel'])
  })

  it('was assigned alone: the fallback contacts are paged', ({ expect }) => {
    const incident = anIncident()
    incident.assignTo(cleo, ann)
    incident.paged()
    expect(incident.cannotReach(cleo).paged()).toEqual(['Dana'])
  })

  it('at low priority: the fallback contacts are paged, because nothing else would ever happen', ({ expect }) => {
    const incident = anIncident({ priority: 'LOW' })
    incident.paged()
    expect(incident.cannotReach(ann).paged()).toEqual(['Dana'])
  })

  it('is not asked again as a fallback contact', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, dana)]) })
    incident.paged()
    expect(incident.cannotReach(dana).paged()).toEqual([])
    expect(incident.told().at(-1)).toMatch(/^Nobody is left to page/)
  })

  it('after the incident was taken up again: the fallback contacts are paged again', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann)]) })
    incident.cannotReach(ann)
    incident.accept(dana)
    incident.escalate(dana)
    incident.paged()
    expect(incident.cannotReach(ann).paged()).toEqual(['Dana'])
  })

  it('was added to an accepted incident: it stays accepted', ({ expect }) => {
    const incident = anIncident()
    incident.accept(ann)
    incident.act({ type: 'add-responder', user: cleo }, ann)
    incident.paged()
    incident.cannotReach(cleo)
    expect(incident.paged()).toEqual([])
    expect(incident.state.status).toBe('ACCEPTED')
    expect(incident.told().at(-1)).toBe('Cleo could not be reached on any channel')
  })

  it('does not make what comes after later: the next level counts from when it was due', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5, ben), level(5, cleo)]) })
    incident.paged()
    incident.now += 6 * MINUTE
    expect(incident.cannotReach(ann).paged()).toEqual(['Ben'])
    expect(nextDeadline(incident.state)).toBe(NOON + 10 * MINUTE)
    incident.now += 5 * MINUTE
    expect(incident.cannotReach(ben).paged()).toEqual(['Cleo'])
    expect(incident.responder(cleo).pagedAt).toBe(NOON + 10 * MINUTE)
  })

  it('was found late: everything that is due by then is paged with it', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5, ben), level(5, cleo)]) })
    incident.paged()
    incident.now += 11 * MINUTE
    expect(incident.cannotReach(ann).paged()).toEqual(['Ben', 'Cleo'])
  })
})

import { describe, it } from 'vitest'
import { anIncident, ann, anOpening, aPlan, ben, cleo, dana, HOUR, level, MINUTE, NOON } from './incident.fixtures.ts'
import { nextDeadline, open } from './lifecycle.ts'

describe('escalation', () => {
  it('pages the next level after its timeout, and not before', ({ expect }) => {
    const incident = anIncident()
    expect(incident.paged()).toEqual(['Ann'])
    expect(incident.pass(5 * MINUTE - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ben'])
    expect(incident.asking()).toEqual(['Ann', 'Ben'])
  })

  it('ends after the last level, and says so', ({ expect }) => {
    const incident = anIncident().pass(10 * MINUTE)
    expect(incident.state).toMatchObject({ status: 'PENDING', escalation: { ended: true, dueAt: null } })
    expect(incident.told().at(-1)).toBe('Escalation ended: everybody was paged and nobody answered')
    expect(nextDeadline(incident.state)).toBeNull()
    incident.paged()
    expect(incident.pass(24 * HOUR).paged()).toEqual([])
  })

  it.for([1, 2, 3, 4, 5, 6, 7, 8, 9])('goes through the levels %i times', (passes, { expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(7, ben)], { passes }) })
    incident.pass(24 * HOUR)
    expect(incident.paged()).toEqual(Array.from({ length: passes }, () => ['Ann', 'Ben']).flat())
    expect(incident.responder(ann)).toMatchObject({ pageNumber: passes, pagedAt: NOON + (passes - 1) * 12 * MINUTE })
    expect(incident.state.escalation).toMatchObject({ pass: passes, ended: true })
  })

  it('pages everybody of a level, each once', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann, ben, ann)]) })
    expect(incident.paged()).toEqual(['Ann', 'Ben'])
  })

  it('starts a person afresh who is named by a later level too', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5, ann, ben)]) }).pass(5 * MINUTE)
    expect(incident.paged()).toEqual(['Ann', 'Ann', 'Ben'])
    expect(incident.responder(ann)).toMatchObject({ pageNumber: 2, pagedAt: NOON + 5 * MINUTE })
  })

  it('waits for the initial delay', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann)], { initialDelayMs: 10 * MINUTE }) })
    expect(incident.told().at(-1)).toBe('Waiting before the first level, as the policy says')
    expect(incident.state.escalation).toMatchObject({ level: -1, dueAt: NOON + 10 * MINUTE, ended: false })
    expect(incident.pass(10 * MINUTE - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ann'])
  })

  it('says until when it waits', ({ expect }) => {
    const { entries } = open(anOpening({ plan: aPlan([level(5, ann)], { initialDelayMs: 10 * MINUTE }) }), NOON)
    expect(entries).toContainEqual({ type: 'waiting', until: NOON + 10 * MINUTE })
  })

  it('pages nobody when the incident is over within the initial delay', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann)], { initialDelayMs: 10 * MINUTE }) })
    incident.pass(MINUTE).receives('RESOLVE').pass(HOUR)
    expect(incident.paged()).toEqual([])
    expect(incident.withdrawn()).toEqual([])
  })

  it('pages every level at once where the timeouts are zero, and ends', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(0, ann), level(0, ben), level(0, cleo)]) })
    expect(incident.paged()).toEqual(['Ann', 'Ben', 'Cleo'])
    expect(incident.state.escalation).toMatchObject({ ended: true, dueAt: null })
  })
})

describe('low priority', () => {
  it('pages the first level alone and never escalates by itself', ({ expect }) => {
    const incident = anIncident({ priority: 'LOW' })
    expect(incident.paged()).toEqual(['Ann'])
    expect(nextDeadline(incident.state)).toBeNull()
    expect(incident.pass(24 * HOUR).paged()).toEqual([])
  })

  it('is escalated by hand, one level at a time', ({ expect }) => {
    const incident = anIncident({ priority: 'LOW' })
    incident.paged()
    incident.escalate(ann)
    expect(incident.paged()).toEqual(['Ben'])
    expect(nextDeadline(incident.state)).toBeNull()
  })

  it('waits for the initial delay, skips empty levels and has the fallback contacts, all the same', ({ expect }) => {
    const delayed = anIncident({
      priority: 'LOW',
      plan: aPlan([level(5), level(5, ben)], { initialDelayMs: 10 * MINUTE }),
    })
    expect(delayed.paged()).toEqual([])
    expect(delayed.pass(10 * MINUTE).paged()).toEqual(['Ben'])
    expect(anIncident({ priority: 'LOW', plan: aPlan([level(5)]) }).paged()).toEqual(['Dana'])
  })
})

describe('empty levels', () => {
  it('are skipped at once', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5), level(5, ann), level(5), level(5), level(5, ben)]) })
    expect(incident.paged()).toEqual(['Ann'])
    expect(incident.told().slice(1)).toEqual(['Skipped level 1: nobody is there', 'Paged level 2: Ann'])
    expect(incident.pass(5 * MINUTE).paged()).toEqual(['Ben'])
    expect(incident.told()).toEqual([
      'Skipped level 3: nobody is there',
      'Skipped level 4: nobody is there',
      'Paged level 5: Ben',
    ])
  })

  it('at the end do not stop the next time through', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5)], { passes: 2 }) })
    expect(incident.pass(5 * MINUTE).paged()).toEqual(['Ann', 'Ann'])
    expect(incident.told().at(-1)).toBe('Paged level 1: Ann (time 2 through the policy)')
    expect(incident.pass(HOUR).state.escalation.ended).toBe(true)
  })

  it('after the last that has anybody are told before the end', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5), level(5)]) })
    incident.told()
    expect(incident.pass(5 * MINUTE).told()).toEqual([
      'Skipped level 2: nobody is there',
      'Skipped level 3: nobody is there',
      'Escalation ended: everybody was paged and nobody answered',
    ])
  })

  it('everywhere: the fallback contacts are paged, once, and the timeline says so', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5), level(5)], { passes: 9 }) })
    expect(incident.paged()).toEqual(['Dana'])
    expect(incident.told().at(-1)).toBe('No level of the policy has anybody, so the fallback contacts are paged: Dana')
    expect(nextDeadline(incident.state)).toBeNull()
  })

  it('and no fallback contacts: the timeline says that nobody was told', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([], { fallback: [] }) })
    expect(incident.paged()).toEqual([])
    expect(incident.told().at(-1)).toMatch(/^Nobody is left to page/)
    expect(incident.state).toMatchObject({ status: 'PENDING', escalation: { ended: true } })
  })
})

describe('after a stand-still', () => {
  it('everything due is paged, each as of when it was due', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(7, ben), level(9, cleo)], { passes: 2 }) })
    incident.paged()
    expect(incident.standStill(13 * MINUTE).paged()).toEqual(['Ben', 'Cleo'])
    expect(incident.responder(ben).pagedAt).toBe(NOON + 5 * MINUTE)
    expect(incident.responder(cleo).pagedAt).toBe(NOON + 12 * MINUTE)
    expect(nextDeadline(incident.state)).toBe(NOON + 21 * MINUTE)
  })

  it('of any length the escalation still ends', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5, ben)], { passes: 9 }) })
    incident.paged()
    incident.standStill(1000 * HOUR)
    expect(incident.state.escalation).toMatchObject({ ended: true, pass: 9 })
    expect(incident.told().filter((text) => text.startsWith('Paged level'))).toHaveLength(18)
    // Each person hears of it once, not once for every pass that was missed.
    expect(incident.paged()).toEqual(['Ann', 'Ben'])
  })

  it('an answer that came between due and paged wins', ({ expect }) => {
    const incident = anIncident()
    incident.paged()
    incident.now += 6 * MINUTE
    incident.accept(ann)
    expect(incident.standStill(HOUR).paged()).toEqual([])
  })
})

describe('escalating by hand', () => {
  it('pages the next level at once and withdraws only the page of who asked', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann, cleo), level(5, ben)]) }).pass(MINUTE)
    incident.paged()
    expect(incident.escalate(ann)).toEqual({ outcome: 'done', message: 'PROM-42 escalated', status: 'PENDING' })
    expect(incident.paged()).toEqual(['Ben'])
    expect(incident.withdrawn()).toEqual(['Ann: escalated by you'])
    expect(incident.asking()).toEqual(['Cleo', 'Ben'])
    expect(incident.told().slice(-2)).toEqual(['Escalated to level 2 by Ann', 'Paged level 2: Ben'])
    expect(nextDeadline(incident.state)).toBe(NOON + 6 * MINUTE)
  })

  it('re-opens an accepted incident', ({ expect }) => {
    const incident = anIncident()
    incident.accept(ann)
    incident.paged()
    expect(incident.escalate(ann)).toMatchObject({ outcome: 'done', status: 'PENDING' })
    expect(incident.state).toMatchObject({ acceptedAt: null, acceptedBy: null, assignedTo: null })
    expect(incident.paged()).toEqual(['Ben'])
    expect(incident.told().at(-2)).toBe('Escalated to level 2 by Ann')
  })

  it('goes to a chosen level, and on from there', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5, ben), level(5, cleo)]) }).pass(10 * MINUTE)
    incident.paged()
    incident.escalate(cleo, 0)
    expect(incident.paged()).toEqual(['Ann'])
    expect(incident.pass(5 * MINUTE).paged()).toEqual(['Ben'])
  })

  it('takes up no more time through the policy than there was left', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5, ben)], { passes: 2 }) }).pass(10 * MINUTE)
    incident.paged()
    incident.escalate(cleo, 0)
    expect(incident.pass(HOUR).paged()).toEqual(['Ann', 'Ben'])
    incident.escalate(cleo)
    expect(incident.pass(HOUR).paged()).toEqual(['Ann', 'Ben'])
  })

  it('goes on at once through levels without a timeout', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(0, ben), level(5, cleo)]) })
    incident.paged()
    incident.escalate(ann)
    expect(incident.paged()).toEqual(['Ben', 'Cleo'])
  })

  it('begins again with the first level after the last', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5), level(5, ann), level(5, ben)]) }).pass(HOUR)
    expect(incident.state.escalation.ended).toBe(true)
    incident.paged()
    expect(incident.escalate(cleo).outcome).toBe('done')
    expect(incident.paged()).toEqual(['Ann'])
    expect(incident.state.escalation.ended).toBe(false)
    expect(incident.pass(5 * MINUTE).paged()).toEqual(['Ben'])
  })

  it('pages who asked again where they are at the next level themselves', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5, ann, ben)]) })
    incident.paged()
    incident.escalate(ann)
    expect(incident.withdrawn()).toEqual(['Ann: escalated by you'])
    expect(incident.paged()).toEqual(['Ann', 'Ben'])
    expect(incident.responder(ann)).toMatchObject({ status: 'PENDING', pageNumber: 2 })
  })

  it('is refused to the only person whom the policy names', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann)]) })
    const before = incident.state
    expect(incident.escalate(ann)).toMatchObject({
      outcome: 'nobody-to-escalate-to',
      message: expect.stringContaining('nobody to escalate to but yourself'),
    })
    expect(incident.state).toEqual(before)
  })

  it('cuts the initial delay short', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5, ben)], { initialDelayMs: HOUR }) })
    incident.escalate(cleo)
    expect(incident.paged()).toEqual(['Ann'])
    expect(nextDeadline(incident.state)).toBe(NOON + 5 * MINUTE)
  })

  it('skips empty levels', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann), level(5), level(5, ben)]) })
    incident.paged()
    incident.escalate(ann)
    expect(incident.paged()).toEqual(['Ben'])
  })

  it.for([2, -1, 0.5])('is refused for a level that does not exist: %d', (chosen, { expect }) => {
    const incident = anIncident()
    const before = incident.state
    expect(incident.escalate(ann, chosen)).toEqual({
      outcome: 'no-such-level',
      message: 'The policy has 2 levels',
      status: 'PENDING',
    })
    expect(incident.state).toBe(before)
  })

  it('is refused where there is nobody to page: an empty policy, a chosen empty level', ({ expect }) => {
    const empty = anIncident({ plan: aPlan([level(5)]) })
    expect(empty.escalate(dana).outcome).toBe('nobody-to-escalate-to')
    const accepted = anIncident({ plan: aPlan([level(5, ann), level(5)]) })
    accepted.accept(ann)
    expect(accepted.escalate(ann, 1).outcome).toBe('nobody-to-escalate-to')
    expect(accepted.state.status).toBe('ACCEPTED')
  })
})

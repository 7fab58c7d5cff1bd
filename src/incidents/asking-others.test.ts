import { describe, it } from 'vitest'
import { anIncident, ann, aPlan, ben, cleo, HOUR, level, MINUTE } from './incident.fixtures.ts'

describe('adding a responder', () => {
  it('pages them beside those who are being paged', ({ expect }) => {
    const incident = anIncident()
    incident.paged()
    incident.act({ type: 'add-responder', user: cleo }, ann)
    expect(incident.paged()).toEqual(['Cleo'])
    expect(incident.asking()).toEqual(['Ann', 'Cleo'])
    expect(incident.told().at(-1)).toBe('Cleo was added as a responder by Ann')
  })

  it('leaves an accepted incident accepted, and the added person accepts for themselves', ({ expect }) => {
    const incident = anIncident()
    incident.accept(ann)
    incident.withdrawn()
    incident.act({ type: 'add-responder', user: cleo }, ann)
    expect(incident.asking()).toEqual(['Cleo'])
    expect(incident.accept(cleo)).toMatchObject({ outcome: 'done', status: 'ACCEPTED' })
    expect(incident.withdrawn()).toEqual(['Cleo: accepted by you'])
    expect(incident.told().at(-1)).toBe('Accepted by Cleo')
    expect(incident.responder(cleo).status).toBe('ACCEPTED')
    expect(incident.state).toMatchObject({ acceptedBy: 'Ann', assignedTo: ann })
    expect(incident.accept(cleo).outcome).toBe('already-accepted')
  })
})

describe('assigning', () => {
  it('to a person pages them at once and escalates to nobody', ({ expect }) => {
    const incident = anIncident()
    incident.paged()
    expect(incident.assignTo(cleo, ann)).toMatchObject({ outcome: 'done', status: 'PENDING' })
    expect(incident.withdrawn()).toEqual(['Ann: assigned to Cleo by Ann'])
    expect(incident.paged()).toEqual(['Cleo'])
    expect(incident.state.assignedTo).toEqual(cleo)
    expect(incident.pass(24 * HOUR).paged()).toEqual([])
  })

  it('re-opens an accepted incident', ({ expect }) => {
    const incident = anIncident({ tellEveryStatus: true })
    incident.accept(ann)
    incident.assignTo(ben, ann)
    expect(incident.state).toMatchObject({ status: 'PENDING', acceptedAt: null, acceptedBy: null, assignedTo: ben })
    expect(incident.toldSource()).toEqual(['ACCEPTED', 'PENDING'])
    incident.accept(ben)
    expect(incident.state).toMatchObject({ status: 'ACCEPTED', acceptedBy: 'Ben' })
  })

  it('to another policy walks that one from its start, without its initial delay', ({ expect }) => {
    const incident = anIncident().pass(5 * MINUTE)
    incident.paged()
    const other = aPlan([level(10, cleo), level(10, ann)], { policyName: 'Night', initialDelayMs: HOUR, passes: 2 })
    incident.act({ type: 'assign', plan: other, to: 'policy Night', user: null }, ben)
    expect(incident.paged()).toEqual(['Cleo'])
    expect(incident.asking()).toEqual(['Cleo'])
    expect(incident.pass(10 * MINUTE).paged()).toEqual(['Ann'])
    expect(incident.pass(20 * MINUTE).paged()).toEqual(['Cleo', 'Ann'])
  })

  it('to a policy without anybody pages the fallback contacts', ({ expect }) => {
    const incident = anIncident()
    incident.paged()
    incident.act({ type: 'assign', plan: aPlan([level(5)]), to: 'policy Empty', user: null }, ann)
    expect(incident.paged()).toEqual(['Dana'])
  })
})

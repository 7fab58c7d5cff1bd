import { describe, it } from 'vitest'
import { anIncident, ann, ben, cleo, dana, HOUR, MINUTE, NOON } from './incident.fixtures.ts'
import { snapshot } from './snapshot.ts'

describe('what the read model keeps of an incident', () => {
  it('is who is asked now and what happens next, while it is pending', ({ expect }) => {
    const incident = anIncident({ key: 'db-1', severity: 2, autoResolveAfterMs: 2 * MINUTE })
    expect(snapshot(incident.state)).toEqual({
      id: 5 * 2 ** 32 + 42,
      reference: 'PROM-42',
      version: 1,
      status: 'PENDING',
      priority: 'HIGH',
      severity: 2,
      summary: 'Disk full on db-1',
      incidentKey: 'db-1',
      sourceId: 5,
      sourceName: 'Prometheus',
      policyId: 7,
      policyName: 'Web',
      assignedToId: null,
      assignedToName: null,
      responderIds: [1],
      eventCount: 1,
      reportedAt: NOON,
      acceptedAt: null,
      resolvedAt: null,
      nextEscalationAt: NOON + 5 * MINUTE,
      nextDeadlineAt: NOON + 2 * MINUTE,
    })
  })

  it('is who works on it and until when it sleeps, once it is accepted', ({ expect }) => {
    const incident = anIncident().pass(5 * MINUTE)
    incident.act({ type: 'add-responder', user: cleo }, dana)
    incident.snooze(ben, HOUR)
    expect(snapshot(incident.state)).toMatchObject({
      status: 'ACCEPTED',
      assignedToId: 2,
      assignedToName: 'Ben',
      responderIds: [2],
      acceptedAt: NOON + 5 * MINUTE,
      nextEscalationAt: null,
      nextDeadlineAt: NOON + 5 * MINUTE + HOUR,
    })
  })

  it('waits for nothing once it is resolved', ({ expect }) => {
    const incident = anIncident({ autoResolveAfterMs: HOUR })
    incident.resolve(ann)
    expect(snapshot(incident.state)).toMatchObject({
      status: 'RESOLVED',
      responderIds: [],
      resolvedAt: NOON,
      nextEscalationAt: null,
      nextDeadlineAt: null,
    })
  })
})

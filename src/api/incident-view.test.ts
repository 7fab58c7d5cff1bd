import { describe, it } from 'vitest'
import { aMaintenance, anIncident, ann, HOUR, MINUTE, NOON } from '../incidents/incident.fixtures.ts'
import { incidentOf } from './incident-view.ts'

const NOTHING = { resolvesOn: null, heldUntil: null, heldBy: null, raisesOn: null }
const at = (minutes: number) => new Date(NOON + minutes * MINUTE).toISOString()
const view = ({ state, now }: ReturnType<typeof anIncident>) => incidentOf(state, 'https://tocsin.example.com', now)

describe('what an incident waits for', () => {
  it('is nothing but its levels, as a rule', ({ expect }) => {
    expect(view(anIncident())).toMatchObject({ ...NOTHING, nextEscalation: at(5) })
  })

  it('is the resolve that its source has asked for, until the problem comes back', ({ expect }) => {
    const incident = anIncident({ resolveDelayMs: 10 * MINUTE })
      .pass(MINUTE)
      .receives('RESOLVE')
    expect(view(incident)).toMatchObject({ ...NOTHING, resolvesOn: at(11), nextEscalation: null })
    expect(view(incident.receives('ALERT'))).toMatchObject({ ...NOTHING, nextEscalation: at(5) })
    expect(view(incident.receives('RESOLVE').pass(HOUR))).toMatchObject({ ...NOTHING, status: 'RESOLVED' })
  })

  it('is the end of a maintenance once something is put off, with the name of the window', ({ expect }) => {
    const incident = anIncident({ maintenance: [aMaintenance(2, 60)] })
    expect(view(incident)).toMatchObject(NOTHING)
    const held = { ...NOTHING, heldUntil: at(60), heldBy: 'Upgrade', nextEscalation: at(60) }
    expect(view(incident.pass(30 * MINUTE))).toMatchObject(held)
    expect(view(incident.pass(30 * MINUTE))).toMatchObject(NOTHING)
  })

  it('is the beginning of the support hours, while it is pending and low', ({ expect }) => {
    const low = { priority: 'LOW' as const, raiseAt: NOON + HOUR }
    expect(view(anIncident(low))).toMatchObject({ ...NOTHING, raisesOn: at(60) })
    expect(view(anIncident({ ...low, priority: 'HIGH' }))).toMatchObject(NOTHING)
    const accepted = anIncident(low)
    accepted.accept(ann)
    expect(view(accepted)).toMatchObject(NOTHING)
    const inMaintenance = anIncident({ ...low, maintenance: [aMaintenance(50, 90)] }).pass(70 * MINUTE)
    expect(view(inMaintenance)).toMatchObject({ heldUntil: at(90), heldBy: 'Upgrade', raisesOn: at(90) })
  })
})

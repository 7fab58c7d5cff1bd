import { describe, it, vi } from 'vitest'
import { anIncident, ann, aPlan, aSchedule, ben, cleo, dana, HOUR, level, MINUTE, NOON } from './incident.fixtures.ts'
import { nextDeadline } from './lifecycle.ts'
import type { PlannedSchedule } from './model.ts'
import { outlook } from './outlook.ts'
import { snapshot } from './snapshot.ts'

/** Ann until 12:05, then Ben. */
const primary = aSchedule('Primary', [ann, -60, 5], [ben, 5, 600])
/** Nobody until 12:20, then Cleo. */
const secondary = aSchedule('Secondary', [cleo, 20, 600])
const never = aSchedule('Secondary')

function aPlanWith(schedules: PlannedSchedule[], ...levels: Parameters<typeof aPlan>[0]) {
  return aPlan(levels, { schedules })
}

describe('a level that names a schedule', () => {
  it('pages whoever is on call, and says for which schedule', ({ expect }) => {
    const incident = anIncident({ plan: aPlanWith([primary], level(5, primary)) })
    expect(incident.paged()).toEqual(['Ann'])
    expect(incident.told().at(-1)).toBe('Paged level 1: Ann (on call for Primary)')
    expect(incident.responder(ann)).not.toHaveProperty('onCallFor')
  })

  it('pages who is on call when it is due, which is after a hand-off at that very instant', ({ expect }) => {
    const incident = anIncident({ plan: aPlanWith([primary], level(5, cleo), level(5, primary)) })
    incident.paged()
    expect(incident.pass(5 * MINUTE - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ben'])
  })

  it('paged late pages who is on call by then, as of when it was due', ({ expect }) => {
    const plan = aPlanWith([primary], level(4, cleo), level(5, primary), level(5, dana))
    const incident = anIncident({ plan })
    incident.paged()
    // Due at 12:04, when Ann was on call; the alarm rings at 12:06, when her shift is over.
    expect(incident.standStill(6 * MINUTE).paged()).toEqual(['Ben'])
    expect(incident.responder(ben).pagedAt).toBe(NOON + 4 * MINUTE)
    expect(nextDeadline(incident.state)).toBe(NOON + 9 * MINUTE)
  })

  it('pages everybody once who is named, or on call for two', ({ expect }) => {
    const other = aSchedule('Secondary', [ann, -60, 60])
    expect(anIncident({ plan: aPlanWith([primary, other], level(5, primary, other)) }).paged()).toEqual(['Ann'])
    const named = anIncident({ plan: aPlanWith([primary], level(5, primary, ann, cleo)) })
    expect(named.told().at(-1)).toBe('Paged level 1: Ann, Cleo')
  })

  it('is skipped at once while nobody is on call', ({ expect }) => {
    const incident = anIncident({ plan: aPlanWith([secondary], level(5, secondary), level(5, ann)) })
    expect(incident.paged()).toEqual(['Ann'])
    expect(incident.told().slice(1)).toEqual(['Skipped level 1: nobody is on call for Secondary', 'Paged level 2: Ann'])
  })

  it('is skipped in one time through the policy and paged in the next', ({ expect }) => {
    const plan = aPlan([level(15, ann), level(10, secondary)], { schedules: [secondary], passes: 3 })
    const incident = anIncident({ plan })
    incident.pass(14 * MINUTE).paged()
    // 12:15: level 2 has nobody yet, so the next time through begins; at 12:30 it has Cleo.
    expect(incident.pass(MINUTE).paged()).toEqual(['Ann'])
    expect(incident.pass(15 * MINUTE).paged()).toEqual(['Cleo'])
  })

  it('takes somebody who was deleted for nobody', ({ expect }) => {
    const withoutAnn = { ...primary, people: [ben] }
    const incident = anIncident({ plan: aPlanWith([withoutAnn], level(5, withoutAnn), level(5, cleo)) })
    expect(incident.paged()).toEqual(['Cleo'])
  })

  it('that nobody took along has nobody', ({ expect }) => {
    expect(anIncident({ plan: aPlan([level(5, primary), level(5, cleo)]) }).paged()).toEqual(['Cleo'])
  })
})

describe('when nobody is on call at any level', () => {
  it('the fallback contacts are paged, and the timeline says for what nobody is on call', ({ expect }) => {
    const incident = anIncident({ plan: aPlanWith([never], level(5, never)) })
    expect(incident.paged()).toEqual(['Dana'])
    expect(incident.told().slice(1)).toEqual([
      'Skipped level 1: nobody is on call for Secondary',
      'No level of the policy has anybody, so the fallback contacts are paged: Dana',
    ])
  })

  it('any more, because the shift of who was paged is over, too', ({ expect }) => {
    const early = aSchedule('Primary', [ann, -60, 3])
    const incident = anIncident({ plan: aPlanWith([early], level(5, early), level(5, early)) })
    expect(incident.paged()).toEqual(['Ann'])
    expect(incident.pass(5 * MINUTE).paged()).toEqual(['Dana'])
  })

  it('the end of a snooze begins anew with the first level that has somebody', ({ expect }) => {
    const early = aSchedule('Primary', [ann, -60, 30])
    const incident = anIncident({ plan: aPlanWith([early], level(5, ben), level(5, early)) }).pass(5 * MINUTE)
    incident.receives('ACCEPT')
    incident.snooze(cleo, HOUR)
    incident.paged()
    expect(incident.pass(HOUR).paged()).toEqual(['Ben'])
  })
})

describe('somebody on call who can not be reached', () => {
  it('is escalated past, also when another one is on call by now', ({ expect }) => {
    const incident = anIncident({ plan: aPlanWith([primary], level(10, primary), level(5, cleo)) }).pass(6 * MINUTE)
    incident.paged()
    expect(incident.cannotReach(ann).paged()).toEqual(['Cleo'])
  })

  it('changes nothing while somebody else who was paged with them can be', ({ expect }) => {
    const other = aSchedule('Secondary', [cleo, -60, 1])
    const plan = aPlanWith([primary, other], level(10, primary, other), level(5, dana))
    const incident = anIncident({ plan }).pass(6 * MINUTE)
    incident.paged()
    expect(incident.cannotReach(ann).paged()).toEqual([])
    expect(incident.cannotReach(cleo).paged()).toEqual(['Dana'])
  })
})

describe('escalating by hand', () => {
  it('pages who is on call at that moment, and says what was left out', ({ expect }) => {
    const plan = aPlanWith([primary, secondary], level(30, dana), level(5, secondary), level(5, primary))
    const incident = anIncident({ plan }).pass(6 * MINUTE)
    incident.told()
    incident.paged()
    incident.escalate(dana)
    expect(incident.paged()).toEqual(['Ben'])
    expect(incident.told()).toEqual([
      'Escalated to level 3 by Dana',
      'Skipped level 2: nobody is on call for Secondary',
      'Paged level 3: Ben (on call for Primary)',
    ])
  })

  it('is refused for a level at which nobody is on call', ({ expect }) => {
    const incident = anIncident({ plan: aPlanWith([secondary], level(30, ann), level(5, secondary)) })
    expect(incident.escalate(ann, 1)).toMatchObject({
      ...{ outcome: 'nobody-to-escalate-to', message: 'Nobody is at level 2 now: choose another' },
    })
    incident.pass(20 * MINUTE)
    expect(incident.escalate(ann, 1).outcome).toBe('done')
  })
})

describe('an incident of before there were schedules', () => {
  it('goes on', ({ expect }) => {
    const incident = anIncident({ plan: aPlan([level(5, ann, cleo), level(5, ben)]) })
    delete incident.state.escalation.paged
    expect(incident.state.plan).not.toHaveProperty('schedules')
    incident.paged()
    expect(incident.cannotReach(ann).paged()).toEqual([])
    expect(outlook(incident.state, NOON)).toMatchObject([[ann, cleo], [ben]])
    expect(incident.pass(5 * MINUTE).paged()).toEqual(['Ben'])
  })
})

describe('a schedule that can’t be worked out', () => {
  it('is nobody on call, and keeps nobody else from being paged', ({ expect }) => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const broken = aSchedule('Primary')
    broken.schedule = {
      ...{ type: 'recurring', timeZone: 'Mars/Olympus', overrides: [] },
      layers: [{ name: 'A', start: '2026-01-01T00:00', users: [1], rotation: { unit: 'day', every: 1 } }],
    }
    const incident = anIncident({ plan: aPlanWith([broken], level(5, broken, ben)) })
    expect(incident.paged()).toEqual(['Ben'])
    vi.restoreAllMocks()
  })
})

describe('the outlook', () => {
  it('shows who was paged, who will be when their level is due, and what comes next', ({ expect }) => {
    const plan = aPlan([level(5, primary), level(20, primary), level(5, secondary)], {
      schedules: [primary, secondary],
      passes: 2,
    })
    const incident = anIncident({ plan })
    const names = () => outlook(incident.state, incident.now).map((people) => people.map(({ name }) => name).join())
    expect(names()).toEqual(['Ann', 'Ben', 'Cleo'])
    expect(snapshot(incident.state).nextEscalationAt).toBe(NOON + 5 * MINUTE)
    // At 12:05 the first level would have Ben, too; level 2 has whom it paged.
    expect(incident.pass(6 * MINUTE) && names()).toEqual(['Ben', 'Ben', 'Cleo'])
    incident.accept(ben)
    expect(names()).toEqual(['Ben', 'Ben', ''])
  })

  it('names no time at which nobody would be paged', ({ expect }) => {
    const early = aSchedule('Secondary', [cleo, -60, 3])
    const incident = anIncident({ plan: aPlanWith([early], level(5, ann), level(5, early)) })
    expect(snapshot(incident.state).nextEscalationAt).toBeNull()
  })
})

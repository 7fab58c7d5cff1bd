import { describe, it } from 'vitest'
import {
  aMaintenance,
  anIncident,
  ann,
  aPlan,
  aSchedule,
  ben,
  cleo,
  dana,
  HOUR,
  level,
  MINUTE,
  NOON,
} from './incident.fixtures.ts'
import { nextDeadline } from './lifecycle.ts'
import { snapshot } from './snapshot.ts'

/** The source is in maintenance from two minutes after noon to an hour after. Ann's five minutes end within. */
const maintenance = [aMaintenance(2, 60)]
const threeLevels = aPlan([level(5, ann), level(5, ben), level(5, cleo)])

describe('an incident whose source is in maintenance', () => {
  it('escalates when that is over, by one level', ({ expect }) => {
    const incident = anIncident({ maintenance, plan: threeLevels })
    incident.paged()
    incident.told()
    expect(incident.pass(59 * MINUTE).paged()).toEqual([])
    expect(incident.told()).toEqual(['Held: nobody is paged during the maintenance window Upgrade'])
    expect(snapshot(incident.state)).toMatchObject({
      nextEscalationAt: NOON + HOUR,
      nextDeadlineAt: NOON + HOUR,
    })
    expect(incident.pass(MINUTE).paged()).toEqual(['Ben'])
    expect(incident.told()).toEqual(['Paged level 2: Ben'])
    expect(nextDeadline(incident.state)).toBe(NOON + HOUR + 5 * MINUTE)
    expect(incident.pass(5 * MINUTE).paged()).toEqual(['Cleo'])
  })

  it('counts from the end of the maintenance, however late that is noticed', ({ expect }) => {
    for (const isHeld of [true, false]) {
      const incident = anIncident({ maintenance, plan: threeLevels })
      incident.paged()
      if (isHeld) incident.pass(30 * MINUTE)
      incident.standStill(NOON + HOUR + MINUTE - incident.now)
      expect(incident.paged()).toEqual(['Ben'])
      expect(nextDeadline(incident.state)).toBe(NOON + HOUR + 5 * MINUTE)
    }
  })

  it('that was due before it, and was not paged in time, waits too', ({ expect }) => {
    const incident = anIncident({ maintenance: [aMaintenance(6, 60)] })
    incident.paged()
    expect(incident.standStill(7 * MINUTE).paged()).toEqual([])
    expect(incident.pass(53 * MINUTE).paged()).toEqual(['Ben'])
  })

  it('waits for the end of the last window where one goes over into another', ({ expect }) => {
    const incident = anIncident({ maintenance: [aMaintenance(60, 90, 'Network'), ...maintenance] })
    incident.paged()
    expect(incident.pass(90 * MINUTE - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ben'])
  })

  it('that opens in it pages the first level afterwards', ({ expect }) => {
    const incident = anIncident({ maintenance: [aMaintenance(-5, 60)] })
    expect(incident.paged()).toEqual([])
    expect(incident.pass(HOUR).paged()).toEqual(['Ann'])
    expect(incident.told()).toEqual([
      'Opened by an event of Prometheus, priority HIGH',
      'Held: nobody is paged during the maintenance window Upgrade',
      'Paged level 1: Ann',
    ])
  })

  it('that a person opens pages at once, and escalates afterwards', ({ expect }) => {
    const incident = anIncident({ maintenance: [aMaintenance(-5, 60)], openedBy: 'Cleo' })
    expect(incident.paged()).toEqual(['Ann'])
    expect(incident.mayNotify(ann)).toBe(true)
    expect(incident.pass(HOUR - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ben'])
  })

  it('ends its snooze afterwards', ({ expect }) => {
    const incident = anIncident({ maintenance })
    incident.snooze(ann, 10 * MINUTE)
    incident.paged()
    expect(incident.pass(HOUR - 1).paged()).toEqual([])
    expect(incident.state.status).toBe('ACCEPTED')
    expect(incident.pass(1).paged()).toEqual(['Ann'])
    expect(incident.state.status).toBe('PENDING')
  })

  it('is answered as ever: then nothing waits any more', ({ expect }) => {
    const incident = anIncident({ maintenance }).pass(10 * MINUTE)
    incident.accept(ben)
    incident.paged()
    expect(nextDeadline(incident.state)).toBeNull()
    expect(incident.pass(2 * HOUR).paged()).toEqual([])
  })

  it('pages whom a person asks for', ({ expect }) => {
    const incident = anIncident({ maintenance, plan: threeLevels }).pass(10 * MINUTE)
    incident.paged()
    incident.escalate(dana)
    expect(incident.paged()).toEqual(['Ben'])
    expect(incident.mayNotify(ben)).toBe(true)
    incident.act({ type: 'add-responder', user: cleo }, dana)
    expect(incident.paged()).toEqual(['Cleo'])
    incident.assignTo(dana, cleo)
    expect(incident.paged()).toEqual(['Dana'])
    expect(incident.mayNotify(dana)).toBe(true)
  })

  it('goes on with whom a person asked for where that one can not be reached', ({ expect }) => {
    const incident = anIncident({ maintenance, plan: threeLevels }).pass(10 * MINUTE)
    incident.escalate(dana)
    incident.paged()
    expect(incident.cannotReach(ben).paged()).toEqual(['Cleo'])
    expect(incident.mayNotify(cleo)).toBe(true)
  })
})

describe('a message that is due in maintenance', () => {
  it('is not sent: the level is paged anew afterwards, with its whole time', ({ expect }) => {
    const incident = anIncident({ maintenance }).pass(3 * MINUTE)
    incident.paged()
    expect(incident.mayNotify(ann)).toBe(false)
    expect(incident.mayNotify(ann)).toBe(false)
    expect(incident.told().filter((text) => text.startsWith('Held'))).toHaveLength(1)
    // Said beforehand as it comes.
    expect(snapshot(incident.state).nextEscalationAt).toBe(NOON + HOUR + 5 * MINUTE)
    expect(incident.pass(57 * MINUTE).paged()).toEqual(['Ann'])
    expect(incident.mayNotify(ann)).toBe(true)
    expect(incident.pass(5 * MINUTE - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ben'])
  })

  it('is sent before and after', ({ expect }) => {
    const incident = anIncident({ maintenance }).pass(2 * MINUTE - 1)
    expect(incident.mayNotify(ann)).toBe(true)
    expect(incident.pass(1).mayNotify(ann)).toBe(false)
    expect(incident.pass(58 * MINUTE).mayNotify(ann)).toBe(true)
  })

  it('goes to who is on call afterwards, and no longer to who was', ({ expect }) => {
    const primary = aSchedule('Primary', [ann, -60, 30], [ben, 30, 600])
    const incident = anIncident({ maintenance, plan: aPlan([level(5, primary)], { schedules: [primary] }) })
    incident.pass(3 * MINUTE)
    incident.mayNotify(ann)
    incident.paged()
    expect(incident.pass(57 * MINUTE).paged()).toEqual(['Ben'])
    expect(incident.asking()).toEqual(['Ben'])
  })

  it('of an earlier level is sent anew, too, beside the one level that came due', ({ expect }) => {
    const incident = anIncident({ maintenance: [aMaintenance(7, 60)], plan: threeLevels }).pass(8 * MINUTE)
    incident.paged()
    expect(incident.mayNotify(ann)).toBe(false)
    incident.told()
    expect(incident.pass(52 * MINUTE).paged()).toEqual(['Ann', 'Cleo'])
    expect(incident.told()).toEqual(['Paged again: Ann', 'Paged level 3: Cleo'])
  })

  it('is sent anew at low priority, too, where nothing else would ever happen', ({ expect }) => {
    const incident = anIncident({ maintenance, priority: 'LOW' }).pass(3 * MINUTE)
    incident.paged()
    incident.mayNotify(ann)
    expect(incident.pass(HOUR).paged()).toEqual(['Ann'])
    expect(nextDeadline(incident.state)).toBeNull()
  })

  it('and reaches nobody: they are asked anew afterwards', ({ expect }) => {
    const incident = anIncident({ maintenance }).pass(3 * MINUTE)
    incident.paged()
    expect(incident.cannotReach(ann).paged()).toEqual([])
    expect(incident.pass(57 * MINUTE).paged()).toEqual(['Ann'])
    expect(incident.cannotReach(ann).paged()).toEqual(['Ben'])
  })
})

describe('a maintenance window that changes', () => {
  it('lets go what it held when it is ended or deleted', ({ expect }) => {
    const incident = anIncident({ maintenance, plan: threeLevels }).pass(30 * MINUTE)
    incident.paged()
    expect(incident.hasMaintenance().paged()).toEqual(['Ben'])
    expect(nextDeadline(incident.state)).toBe(NOON + 35 * MINUTE)
  })

  it('holds longer when it is made longer', ({ expect }) => {
    const incident = anIncident({ maintenance }).pass(30 * MINUTE)
    incident.paged()
    incident.told()
    expect(incident.hasMaintenance(aMaintenance(2, 90)).paged()).toEqual([])
    expect(incident.told()).toEqual(['Held: nobody is paged during the maintenance window Upgrade'])
    expect(incident.pass(HOUR - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ben'])
  })

  it('is nothing to an incident that does not wait for it', ({ expect }) => {
    const incident = anIncident({ maintenance })
    const { version } = incident.state
    expect(incident.hasMaintenance(aMaintenance(1, 2)).state.version).toBe(version)
  })
})

describe('an incident of low priority', () => {
  const low = { priority: 'LOW' as const, raiseAt: NOON + HOUR }

  it('is raised at the start of support hours, and begins anew', ({ expect }) => {
    const incident = anIncident(low)
    incident.paged()
    incident.told()
    expect(incident.pass(HOUR - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ann'])
    expect(incident.told()).toEqual(['Raised to priority HIGH: the support hours began', 'Paged level 1: Ann'])
    expect(incident.state.priority).toBe('HIGH')
    expect(incident.pass(5 * MINUTE).paged()).toEqual(['Ben'])
  })

  it('does not wait for the initial delay again', ({ expect }) => {
    const incident = anIncident({ ...low, plan: aPlan([level(5, ann)], { initialDelayMs: 10 * MINUTE }) })
    incident.pass(HOUR - 1).paged()
    expect(incident.pass(1).paged()).toEqual(['Ann'])
  })

  it('waits for what is left of the initial delay when it is raised within', ({ expect }) => {
    const plan = aPlan([level(5, ann), level(5, ben)], { initialDelayMs: 10 * MINUTE })
    const incident = anIncident({ ...low, raiseAt: NOON + 5 * MINUTE, plan })
    expect(incident.pass(10 * MINUTE - 1).paged()).toEqual([])
    expect(incident.state.priority).toBe('HIGH')
    expect(incident.pass(1).paged()).toEqual(['Ann'])
    expect(incident.pass(5 * MINUTE).paged()).toEqual(['Ben'])
  })

  it('is not raised once somebody has accepted it', ({ expect }) => {
    const incident = anIncident(low)
    incident.accept(ann)
    incident.paged()
    expect(incident.pass(2 * HOUR).paged()).toEqual([])
    expect(incident.state.priority).toBe('LOW')
  })

  it('that was accepted then is raised as it pages again, once', ({ expect }) => {
    const incident = anIncident(low)
    incident.snooze(ann, 2 * HOUR)
    incident.told()
    incident.paged()
    expect(incident.pass(2 * HOUR).paged()).toEqual(['Ann'])
    expect(incident.told()).toEqual([
      'Snooze ended: paging again',
      'Raised to priority HIGH: the support hours began',
      'Paged level 1: Ann',
    ])
    expect(incident.pass(5 * MINUTE).paged()).toEqual(['Ben'])
  })

  it('is raised after a maintenance in which it would have been', ({ expect }) => {
    const incident = anIncident({ ...low, maintenance: [aMaintenance(50, 90)] })
    incident.paged()
    expect(incident.pass(90 * MINUTE - 1).paged()).toEqual([])
    expect(incident.pass(1).paged()).toEqual(['Ann'])
    expect(incident.state).toMatchObject({ priority: 'HIGH', escalation: { dueAt: NOON + 95 * MINUTE } })
  })
})

describe('a source that waits with its resolves', () => {
  const flapping = { resolveDelayMs: 10 * MINUTE, plan: threeLevels }

  it('resolves after the delay, and nobody is paged meanwhile', ({ expect }) => {
    const incident = anIncident(flapping).pass(MINUTE)
    incident.told()
    incident.paged()
    incident.receives('RESOLVE')
    expect(incident.state.status).toBe('PENDING')
    expect(snapshot(incident.state)).toMatchObject({ nextEscalationAt: null, nextDeadlineAt: NOON + 11 * MINUTE })
    expect(incident.mayNotify(ann)).toBe(false)
    expect(incident.pass(10 * MINUTE - 1).paged()).toEqual([])
    incident.pass(1)
    expect(incident.state).toMatchObject({ status: 'RESOLVED', resolvedAt: NOON + 11 * MINUTE })
    expect(incident.told()).toEqual([
      'RESOLVE event: Disk full on db-1',
      'Not resolved yet: the alert source waits whether the problem comes back',
      'Resolved by the alert source Prometheus',
    ])
    expect(incident.toldSource()).toEqual(['RESOLVED'])
  })

  it('goes on when the problem comes back: one level that came due is paged at once', ({ expect }) => {
    const incident = anIncident(flapping).pass(MINUTE)
    incident.paged()
    expect(
      incident
        .receives('RESOLVE')
        .pass(9 * MINUTE)
        .receives('ALERT')
        .paged(),
    ).toEqual(['Ben'])
    expect(incident.told().slice(-2)).toEqual(['The problem came back: it stays open', 'Paged level 2: Ben'])
    expect(nextDeadline(incident.state)).toBe(NOON + 15 * MINUTE)
  })

  it('goes on as if nothing had been where nothing came due', ({ expect }) => {
    const incident = anIncident(flapping).pass(MINUTE)
    incident.paged()
    expect(incident.receives('RESOLVE').pass(MINUTE).receives('ALERT').paged()).toEqual([])
    expect(nextDeadline(incident.state)).toBe(NOON + 5 * MINUTE)
  })

  it('sends anew what was not sent meanwhile', ({ expect }) => {
    const incident = anIncident(flapping).pass(MINUTE).receives('RESOLVE')
    expect(incident.mayNotify(ann)).toBe(false)
    incident.paged()
    expect(incident.pass(MINUTE).receives('ALERT').paged()).toEqual(['Ann'])
  })

  it('keeps to the time of the level whose message it sends anew', ({ expect }) => {
    const incident = anIncident(flapping).pass(MINUTE).receives('RESOLVE')
    incident.mayNotify(ann)
    incident.told()
    incident.paged()
    expect(incident.pass(MINUTE).receives('ALERT').paged()).toEqual(['Ann'])
    expect(incident.told().slice(-1)).toEqual(['Paged again: Ann'])
    expect(incident.pass(3 * MINUTE).paged()).toEqual(['Ben'])
  })

  it('sends anew what was not sent beside the one level that came due', ({ expect }) => {
    const incident = anIncident(flapping).pass(MINUTE).receives('RESOLVE')
    incident.mayNotify(ann)
    incident.paged()
    expect(
      incident
        .pass(9 * MINUTE)
        .receives('ALERT')
        .paged(),
    ).toEqual(['Ann', 'Ben'])
    expect(nextDeadline(incident.state)).toBe(NOON + 15 * MINUTE)
  })

  it('counts from the first of several resolves', ({ expect }) => {
    const incident = anIncident(flapping)
      .receives('RESOLVE')
      .pass(9 * MINUTE)
      .receives('RESOLVE')
    expect(incident.pass(MINUTE).state.status).toBe('RESOLVED')
  })

  it('stays accepted while it waits, silent when the problem comes back', ({ expect }) => {
    const incident = anIncident(flapping)
    incident.accept(ann)
    incident.paged()
    incident.receives('RESOLVE').pass(MINUTE).receives('ALERT')
    expect(incident.state).toMatchObject({ status: 'ACCEPTED', acceptedBy: 'Ann' })
    expect(incident.paged()).toEqual([])
    expect(incident.receives('RESOLVE').pass(10 * MINUTE).state.status).toBe('RESOLVED')
  })

  it('is accepted, escalated and resolved by hand meanwhile', ({ expect }) => {
    const incident = anIncident(flapping).receives('RESOLVE')
    incident.paged()
    incident.escalate(dana)
    expect(incident.paged()).toEqual(['Ben'])
    expect(incident.mayNotify(ben)).toBe(true)
    expect(incident.accept(ben).outcome).toBe('done')
    expect(incident.resolve(ben)).toMatchObject({ outcome: 'done', status: 'RESOLVED' })
    expect(nextDeadline(incident.state)).toBeNull()
  })

  it('that comes back in maintenance waits for its end', ({ expect }) => {
    const incident = anIncident({ ...flapping, maintenance }).pass(MINUTE)
    incident.paged()
    expect(
      incident
        .receives('RESOLVE')
        .pass(9 * MINUTE)
        .receives('ALERT')
        .paged(),
    ).toEqual([])
    expect(incident.pass(HOUR).paged()).toEqual(['Ben', 'Cleo'])
    expect(incident.told()).toContain('Held: nobody is paged during the maintenance window Upgrade')
  })
})

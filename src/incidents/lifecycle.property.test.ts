import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Change } from './draft.ts'
import { mayNotify, nextDeadline, open, passTime } from './lifecycle.ts'
import type { IncidentState, Opening, ResponsePlan } from './model.ts'
import { type Happening, life, opening } from './random-life.fixtures.ts'

interface Step {
  /** Null: the incident opens. */
  before: IncidentState | null
  change: Change
  what: Happening | null
  now: number
}

/** Plays a random life; `check` is told of every change, the opening first. */
function inEveryLife(check: (steps: Step[], given: Opening) => void): void {
  fc.assert(
    fc.property(opening, life, (given, happenings) => {
      check(play(given, happenings), given)
    }),
    { numRuns: 1000 },
  )
}

function play(given: Opening, happenings: Happening[]): Step[] {
  let now = given.openedAt
  const opened = open(given, now)
  const steps: Step[] = [{ before: null, change: opened, what: null, now }]
  let state = freeze(opened.state)
  for (const what of happenings) {
    now += what.after
    const change = what.happen(state, now)
    if (!change) continue
    steps.push({ before: state, change, what, now })
    state = freeze(change.state)
  }
  return steps
}

/** The rules must leave the state that they are given as it was. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value)
    Object.values(value).forEach(freeze)
  }
  return value
}

/** What is due first of all that pages people by itself: the end of a snooze, being raised, being paged anew, or a level. */
function firstDue(state: IncidentState, now: number) {
  const { snoozedUntil, priority, raiseAt, responders, heldUntil, escalation, openedAt, plan } = state
  if (snoozedUntil !== null && snoozedUntil <= now) return snoozedUntil
  if (priority === 'LOW' && typeof raiseAt === 'number' && raiseAt <= now) {
    return Math.max(raiseAt, openedAt + plan.initialDelayMs)
  }
  const isPresent = ({ userId }: { userId: number }) => escalation.paged?.some((member) => member.userId === userId)
  const isWaited = responders.some((one) => one.status === 'PENDING' && one.held && isPresent(one))
  return isWaited && heldUntil ? heldUntil : escalation.dueAt
}

/** Without the rules' own way of finding it: the schedules of these lives are shifts in a list, and the later ones win. */
function whoShouldBePaged({ levels, schedules = [] }: ResponsePlan, level: number, now: number): Set<number> {
  const expected = new Set<number>()
  for (const target of levels[level]?.targets ?? []) {
    if (target.type === 'user') expected.add(target.userId)
    else {
      const named = schedules.find(({ id }) => id === target.scheduleId)
      const shifts = named?.schedule.type === 'static' ? named.schedule.shifts : []
      const onCall = shifts.findLast(({ start, end }) => start <= now && now < end)?.userId
      if (onCall && named?.people.some(({ userId }) => userId === onCall)) expected.add(onCall)
    }
  }
  return expected
}

/** When the last of the windows ends that run at an instant, one after the other; the instant itself where none does. */
function endOfMaintenance({ maintenance = [] }: IncidentState, at: number): number {
  const running = maintenance.find(({ start, end }) => start <= at && at < end)
  return running ? endOfMaintenance({ maintenance } as IncidentState, running.end) : at
}

function isHeld(state: IncidentState, now: number): boolean {
  return (state.resolvingAt ?? null) !== null || endOfMaintenance(state, now) > now
}

describe('whatever happens to an incident', () => {
  it('its version grows by one with every change', ({ expect }) => {
    inEveryLife((steps) => {
      for (const { before, change } of steps) expect(change.state.version).toBe((before?.version ?? 0) + 1)
    })
  })

  it('while it is pending with levels left, a timer runs', ({ expect }) => {
    inEveryLife((steps) => {
      for (const { change } of steps) {
        const { status, priority, plan, escalation } = change.state
        const { level, pass } = escalation
        const isNeverLeft = level >= 0 && plan.levels[level]?.timeoutMs === null
        const anybodyLeft = plan.levels.some(
          // Who is on call comes and goes; who is named stays.
          ({ targets }, at) => targets.some(({ type }) => type === 'user') && (at > level || pass < plan.passes),
        )
        if (status === 'PENDING' && priority === 'HIGH' && anybodyLeft && !isNeverLeft) {
          expect(nextDeadline(change.state)).not.toBeNull()
        }
      }
    })
  })

  it('while it is pending and no level is to come, somebody who can be reached is being asked, if anybody at all can be', ({
    expect,
  }) => {
    inEveryLife((steps) => {
      for (const { change } of steps) {
        const { status, escalation, responders, plan, heldUntil = null, resolvingAt = null } = change.state
        if (status !== 'PENDING' || escalation.dueAt !== null || heldUntil !== null || resolvingAt !== null) continue
        if (responders.some(({ status, unreachable }) => status === 'PENDING' && !unreachable)) continue
        for (const { userId } of plan.fallback) {
          const asked = responders.find((responder) => responder.userId === userId)
          expect(asked).toMatchObject({ status: 'PENDING', unreachable: true })
        }
      }
    })
  })

  it('something is done at the deadline, and nothing before it', ({ expect }) => {
    inEveryLife((steps) => {
      for (const { change } of steps) {
        const deadline = nextDeadline(change.state)
        if (deadline === null) {
          expect(passTime(change.state, Number.MAX_SAFE_INTEGER)).toBeNull()
        } else {
          expect(passTime(change.state, deadline - 1)).toBeNull()
          const done = passTime(change.state, deadline)?.state ?? change.state
          expect(nextDeadline(done) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(deadline)
        }
      }
    })
  })

  it('no level is paged before it is due, and lateness never adds up', ({ expect }) => {
    inEveryLife((steps) => {
      for (const { before, change, what, now } of steps) {
        const paged = change.entries.filter((entry) => entry.type === 'level-paged')
        const held = Math.min(before?.heldUntil ?? 0, now)
        const from = (at: number) => endOfMaintenance(change.state, Math.max(at, held))
        let due: number | null = null
        if (!before) due = now + change.state.plan.initialDelayMs
        else if (what?.name === 'time passes') due = firstDue(before, now)
        for (const { level, assignedAt } of paged) {
          expect(assignedAt).toBeLessThanOrEqual(now)
          if (due !== null) expect(assignedAt).toBe(before ? from(due) : due)
          due = assignedAt + (change.state.plan.levels[level]?.timeoutMs ?? Number.NaN)
        }
      }
    })
  })

  it('a level pages exactly who it names and who is on call when it does, and is left out only while that is nobody', ({
    expect,
  }) => {
    inEveryLife((steps) => {
      for (const { change, now } of steps) {
        for (const entry of change.entries) {
          if (entry.type !== 'level-paged' && entry.type !== 'level-skipped') continue
          const expected = whoShouldBePaged(change.state.plan, entry.level, now)
          if (entry.type === 'level-skipped') expect(expected).toEqual(new Set())
          else expect(new Set(entry.people.map(({ userId }) => userId))).toEqual(expected)
        }
      }
    })
  })

  it('nobody is paged for what was accepted or resolved, unless something asked anew', ({ expect }) => {
    inEveryLife((steps) => {
      for (const { before, change, what } of steps) {
        const pages = change.effects.filter(({ type }) => type === 'page')
        // The problem came back, and the end of a snooze had waited for that.
        const isBack = change.entries.some(({ type }) => type === 'resolve-cancelled')
        if (before?.status === 'ACCEPTED' && !what?.reopens && !isBack) expect(pages).toEqual([])
        if (before?.status === 'ACCEPTED' && what?.name === 'time passes' && before.snoozedUntil === null) {
          expect(pages).toEqual([])
        }
        if (change.state.status === 'RESOLVED') expect(pages).toEqual([])
      }
    })
  })

  it('nobody is paged in maintenance, or while a resolve waits, but by hand', ({ expect }) => {
    inEveryLife((steps) => {
      for (const { change, what, now } of steps) {
        if (!isHeld(change.state, now)) continue
        const pages = change.effects.filter((effect) => effect.type === 'page')
        for (const { userId } of pages) {
          expect(change.state.responders.find((responder) => responder.userId === userId)?.byHand).toBe(true)
        }
        if (what && /passes|event|told|sent/.test(what.name)) expect(pages).toEqual([])
      }
    })
  })

  it('a page goes out unless it is over or held back, and by hand also then', ({ expect }) => {
    inEveryLife((steps) => {
      for (const { change, now } of steps) {
        for (const { userId, pageNumber, status, byHand } of change.state.responders) {
          const { may } = mayNotify(change.state, userId, pageNumber, now)
          expect(may).toBe(status === 'PENDING' && (byHand === true || !isHeld(change.state, now)))
          expect(mayNotify(change.state, userId, pageNumber - 1, now).may).toBe(false)
        }
      }
    })
  })

  it('never two levels come at once after a hold', ({ expect }) => {
    inEveryLife((steps) => {
      for (const { before, change, what, now } of steps) {
        const isTimely = before?.heldUntil === now && what?.name === 'time passes'
        const isBack = change.entries.some(({ type }) => type === 'resolve-cancelled')
        if (!isTimely && !isBack) continue
        const paged = change.entries.filter((entry) => entry.type === 'level-paged')
        for (const { level } of paged.slice(0, -1)) expect(change.state.plan.levels[level]?.timeoutMs).toBe(0)
        for (const { assignedAt } of paged) expect(assignedAt).toBe(now)
      }
    })
  })

  it('what was held back is not forgotten: in the end everybody was sent what they are asked for', ({ expect }) => {
    inEveryLife((steps) => {
      let { state } = (steps.at(-1) as Step).change
      for (let deadline = nextDeadline(state); deadline !== null; deadline = nextDeadline(state)) {
        const passed = passTime(state, deadline)
        if (!passed) break
        state = passed.state
      }
      expect(nextDeadline(state)).toBeNull()
      expect(state.responders.filter(({ status, held }) => status === 'PENDING' && held)).toEqual([])
    })
  })

  it('an incident of low priority that nobody accepts is raised as soon as it may be', ({ expect }) => {
    inEveryLife((steps) => {
      for (const { change } of steps) {
        const { status, priority, raiseAt = null, heldUntil = null, resolvingAt = null } = change.state
        if (status !== 'PENDING' || priority !== 'LOW' || raiseAt === null || resolvingAt !== null) continue
        expect(nextDeadline(change.state)).toBeLessThanOrEqual(heldUntil ?? raiseAt)
      }
    })
  })

  it('resolved is final', ({ expect }) => {
    inEveryLife((steps) => {
      for (const { before, change } of steps) {
        if (before?.status !== 'RESOLVED') continue
        expect(change.state).toEqual({ ...before, version: before.version + 1 })
        expect(change.entries.map(({ type }) => type)).toEqual(['comment'])
        expect(change.effects).toEqual([])
      }
    })
  })

  it('every page of a person has a larger number than the one before', ({ expect }) => {
    inEveryLife((steps) => {
      const last = new Map<number, number>()
      for (const effect of steps.flatMap(({ change }) => change.effects)) {
        if (effect.type !== 'page') continue
        expect(effect.page.pageNumber).toBeGreaterThan(last.get(effect.userId) ?? 0)
        last.set(effect.userId, effect.page.pageNumber)
      }
    })
  })

  it('people are asked exactly while the incident believes that they are', ({ expect }) => {
    inEveryLife((steps) => {
      const ringing = new Map<number, number>()
      const released = new Set<number>()
      for (const { change } of steps) {
        for (const effect of change.effects) {
          if (effect.type === 'page') ringing.set(effect.userId, effect.page.pageNumber)
          if (effect.type === 'withdraw') ringing.delete(effect.userId)
          if (effect.type === 'withdraw' && effect.withdrawal.reason === 'resolved') released.add(effect.userId)
        }
        const { responders, status } = change.state
        const pending = responders.filter((responder) => responder.status === 'PENDING')
        expect([...ringing].sort()).toEqual(pending.map(({ userId, pageNumber }) => [userId, pageNumber]).sort())
        if (status === 'RESOLVED') expect(released).toEqual(new Set(responders.map(({ userId }) => userId)))
      }
    })
  })

  it('the number of levels that are paged is bounded by how often somebody or a snooze started it', ({ expect }) => {
    inEveryLife((steps) => {
      const all = steps.flatMap(({ change }) => change.entries)
      const paged = all.filter(({ type }) => type === 'level-paged').length
      const begins = ['opened', 'assigned', 'escalated', 'snooze-ended', 'raised']
      const starts = all.filter(({ type }) => begins.includes(type)).length
      // After each of these the present level may be paged anew.
      const holds = all.filter(({ type }) => type === 'held' || type === 'resolve-cancelled').length
      const perStart = Math.max(...steps.map(({ change: { state } }) => state.plan.levels.length * state.plan.passes))
      expect(paged).toBeLessThanOrEqual(starts * perStart + holds)
    })
  })

  it('its source hears of the end once, and of every change where it asked for them', ({ expect }) => {
    inEveryLife((steps, { tellEveryStatus }) => {
      for (const { before, change } of steps) {
        const told = change.effects.flatMap((effect) => (effect.type === 'tell-source' ? [effect.status] : []))
        const { status } = change.state
        if (status === (before?.status ?? 'PENDING')) expect(told).toEqual([])
        else expect(told).toEqual(tellEveryStatus || status === 'RESOLVED' ? [status] : [])
      }
    })
  })
})

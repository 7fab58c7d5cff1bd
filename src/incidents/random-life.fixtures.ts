import fc from 'fast-check'
import type { MaintenanceWindow } from '../maintenance/model.ts'
import type { Change } from './draft.ts'
import {
  aMaintenance,
  anEvent,
  ann,
  anOpening,
  aPlan,
  aPlanFor,
  aSchedule,
  ben,
  cleo,
  dana,
  HOUR,
  level,
  MINUTE,
  NOON,
  user,
} from './incident.fixtures.ts'
import { act, changeMaintenance, mayNotify, passTime, receiveEvent, reportUnreachable } from './lifecycle.ts'
import type { Act, IncidentState, Person, PlannedSchedule, ResponsePlan } from './model.ts'

/** One thing that happens to an incident. */
export interface Happening {
  /** As a counterexample prints it. */
  name: string
  /** How long after the one before. */
  after: number
  happen(state: IncidentState, now: number): Change | null
  /** Whether it may ask people for attention although the incident was accepted. */
  reopens: boolean
}

const people = [ann, ben, cleo, dana]
const person = fc.constantFrom(...people)
/** Around and on the times at which something is due, and far beyond all of them. */
const duration = fc.oneof(
  fc.constantFrom(0, 1, MINUTE, 5 * MINUTE - 1, 5 * MINUTE, 10 * MINUTE, HOUR, 1000 * HOUR),
  fc.nat({ max: HOUR }),
)

/** Is on call, but was deleted since. */
const gone: Person = { userId: 9, name: 'Gone' }

/** With hand-offs on and around the times at which levels are due, and with gaps. */
function schedule(name: string): fc.Arbitrary<PlannedSchedule> {
  const minutes = fc.oneof(fc.constantFrom(0, 1, 5, 10, 30, 60), fc.integer({ min: -10, max: 90 }))
  const shift = fc.tuple(fc.constantFrom(...people, gone), minutes, fc.integer({ min: 1, max: 60 }))
  return fc.array(shift, { maxLength: 5 }).map((shifts) => {
    const placed = aSchedule(
      name,
      ...shifts.map(([who, from, long]): [Person, number, number] => [who, from, from + long]),
    )
    return { ...placed, people: placed.people.filter(({ userId }) => userId !== gone.userId) }
  })
}

const plan: fc.Arbitrary<ResponsePlan> = fc
  .tuple(schedule('Primary'), schedule('Secondary'))
  .chain((schedules) =>
    fc.record({
      schedules: fc.constant(schedules),
      levels: fc.array(
        fc
          .tuple(
            fc.constantFrom(0, 1, 5, 30),
            fc.array(
              fc.oneof({ weight: 2, arbitrary: person }, { weight: 1, arbitrary: fc.constantFrom(...schedules) }),
              {
                maxLength: 3,
              },
            ),
          )
          .map(([minutes, who]) => level(minutes, ...who)),
        { maxLength: 4 },
      ),
      passes: fc.integer({ min: 1, max: 9 }),
      initialDelayMs: fc.constantFrom(0, 0, 10 * MINUTE),
      fallback: fc.constantFrom<Person[]>([], [dana], [dana, ann]),
    }),
  )
  .map(({ levels, ...given }) => aPlan(levels, given))

/** Windows that begin and end around what is due, some of them touching or overlapping. */
const maintenance = fc.array(
  fc
    .tuple(
      fc.oneof(fc.constantFrom(-5, 0, 5, 10, 30, 60), fc.integer({ min: -10, max: 90 })),
      fc.oneof(fc.constantFrom(5, 10, 30, 60), fc.integer({ min: 1, max: 60 })),
    )
    .map(([from, long]) => aMaintenance(from, from + long)),
  { maxLength: 3 },
)

export const opening = fc
  .record({
    plan,
    maintenance: fc.oneof(fc.constant<MaintenanceWindow[]>([]), maintenance),
    resolveDelayMs: fc.constantFrom(0, 0, 5 * MINUTE),
    raiseAt: fc.constantFrom(null, NOON, NOON + 10 * MINUTE, NOON + HOUR),
    openedBy: fc.constantFrom(null, null, 'Cleo'),
    priority: fc.constantFrom('HIGH', 'HIGH', 'LOW'),
    autoResolveAfterMs: fc.constantFrom(null, null, 2 * HOUR),
    tellEveryStatus: fc.boolean(),
  })
  .map(anOpening)

const acts: fc.Arbitrary<{ asked: Act; reopens?: boolean }> = fc.oneof(
  fc.constantFrom<{ asked: Act; reopens?: boolean }>(
    { asked: { type: 'accept' } },
    { asked: { type: 'resolve' } },
    { asked: { type: 'comment', text: 'Looking' } },
  ),
  fc
    .constantFrom(null, null, 0, 1, 2, 9)
    .map((chosen) => ({ asked: { type: 'escalate' as const, level: chosen }, reopens: true })),
  person.map((to) => ({
    asked: { type: 'assign' as const, plan: aPlanFor(to), to: to.name, user: to },
    reopens: true,
  })),
  plan.map((to) => ({ asked: { type: 'assign' as const, plan: to, to: 'policy Other', user: null }, reopens: true })),
  person.map((added) => ({ asked: { type: 'add-responder' as const, user: added }, reopens: true })),
  duration.map((ms) => ({ asked: { type: 'snooze' as const, until: NOON + ms } })),
)

const passing: Omit<Happening, 'after'> = { name: 'time passes', happen: passTime, reopens: true }

const happening: fc.Arbitrary<Omit<Happening, 'after'>> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(passing) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('ALERT', 'ALERT', 'COMMENT', 'ACCEPT', 'RESOLVE').map((type) => ({
      name: `${type} event`,
      happen: (state: IncidentState, now: number) => receiveEvent(state, anEvent(type), now),
      reopens: false,
    })),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(acts, person).map(([{ asked, reopens = false }, by]) => ({
      name: `${by.name}: ${asked.type}${asked.type === 'escalate' ? ` ${asked.level}` : ''}`,
      happen: (state: IncidentState, now: number) => act(state, fromNow(asked, now), user(by), now).change,
      reopens,
    })),
  },
  {
    weight: 2,
    arbitrary: person.map((who) => ({
      name: `${who.name} is to be sent something`,
      happen: (state: IncidentState, now: number) => {
        const page = state.responders.find(({ userId }) => userId === who.userId)?.pageNumber ?? 0
        return mayNotify(state, who.userId, page, now).change
      },
      reopens: false,
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(maintenance, fc.boolean()).map(([windows, isTold]) => ({
      name: isTold ? 'it is told of other windows' : 'time passes',
      happen: (state: IncidentState, now: number) =>
        isTold ? changeMaintenance(state, windows, now) : passTime({ ...state, maintenance: windows }, now),
      reopens: true,
    })),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(person, fc.constantFrom(0, 0, 0, 1)).map(([who, ago]) => ({
      name: `${who.name} can't be reached${ago ? ' by an earlier page' : ''}`,
      happen: (state: IncidentState, now: number) => {
        const page = state.responders.find(({ userId }) => userId === who.userId)?.pageNumber ?? 0
        return reportUnreachable(state, who.userId, page - ago, now)
      },
      reopens: false,
    })),
  },
)

/** Some of an incident's life, in any order, at any speed. */
export const life: fc.Arbitrary<Happening[]> = fc.array(
  fc
    .tuple(duration, happening)
    .map(([after, what]) => ({ ...what, after, [fc.toStringMethod]: () => `+${after} ms ${what.name}` })),
  { maxLength: 30 },
)

function fromNow(asked: Act, now: number): Act {
  return asked.type === 'snooze' ? { ...asked, until: asked.until - NOON + now } : asked
}

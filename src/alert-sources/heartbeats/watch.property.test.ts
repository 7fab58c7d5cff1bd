import fc from 'fast-check'
import { describe, it } from 'vitest'
import { aPing, cron, every, HOUR, MINUTE, SECOND } from './heartbeat.fixtures.ts'
import type { HeartbeatSettings, Ping } from './heartbeat.ts'
import {
  paused,
  pinged,
  reported,
  resumed,
  settingsChanged,
  stateOf,
  timePassed,
  UNWATCHED,
  type Watch,
} from './watch.ts'

/** Around the change of clocks in Berlin. */
const START = Date.parse('2026-03-28T12:00:00Z')

const settings: fc.Arbitrary<HeartbeatSettings> = fc
  .record({
    interval: fc.integer({ min: 25 * SECOND, max: 6 * HOUR }),
    expression: fc.constantFrom(null, '*/7 * * * *', '30 2 * * *', '0 */3 * * *', '15 2,3 29 * *'),
    grace: fc.integer({ min: 25 * SECOND, max: 2 * HOUR }),
  })
  .map(({ interval, expression, grace }) =>
    expression ? cron(expression, 'Europe/Berlin', grace) : every(interval, grace),
  )

interface Step {
  waitMs: number
  ping: Pick<Ping, 'kind' | 'runId'> | null
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    waitMs: fc.oneof(fc.integer({ min: 0, max: 5 * MINUTE }), fc.integer({ min: 0, max: 8 * HOUR })),
    ping: fc.option(
      fc.record({
        kind: fc.constantFrom<Ping['kind']>('success', 'success', 'start', 'fail', 'log'),
        runId: fc.constantFrom(null, 'a', 'b'),
      }),
    ),
  }),
  { maxLength: 40 },
)

/** Shows `look` each step of any heartbeat's life; null instead of a ping is an alarm that rings, too early or late. */
function anyLife(
  look: (given: { before: Watch; after: Watch; step: Step; now: number; settings: HeartbeatSettings }) => void,
) {
  fc.assert(
    fc.property(settings, steps, (settings, steps) => {
      let watch: Watch = UNWATCHED
      let now = START
      for (const step of steps) {
        now += step.waitMs
        const before = watch
        const after = step.ping
          ? pinged(before, aPing(now, step.ping), settings).watch
          : timePassed(before, settings, now)
        look({ before, after, step, now, settings })
        watch = after.owed ? reported(after, after.owed) : after
      }
    }),
    { numRuns: 500 },
  )
}

describe('of any heartbeat', () => {
  it('time alerts exactly when the due time has come, and never before the first ping', ({ expect }) => {
    anyLife(({ before, after, step, now }) => {
      if (step.ping) return
      const isDue = before.dueAt !== null && now >= before.dueAt && before.late === null
      expect(after.owed).toBe(isDue ? 'ALERT' : null)
      if (before.lastPingAt === null) expect(after).toBe(before)
    })
  })

  it('a success moves the due time forward, into the future', ({ expect }) => {
    anyLife(({ before, after, step, now, settings }) => {
      if (step.ping?.kind !== 'success') return
      if (before.dueAt !== null) expect(after.dueAt).toBeGreaterThanOrEqual(before.dueAt)
      if (after.runs.length === 0) expect(after.dueAt).toBeGreaterThan(now + settings.graceMs)
    })
  })

  it('time alerts once between two ends', ({ expect }) => {
    let alerts = 0
    anyLife(({ before, after, step }) => {
      if (before === UNWATCHED || step.ping?.kind === 'success' || step.ping?.kind === 'fail') alerts = 0
      else if (after.owed === 'ALERT') alerts++
      expect(alerts).toBeLessThanOrEqual(1)
    })
  })

  it('a resolve follows an alert, and an alert is followed by the resolve of the next success', ({ expect }) => {
    anyLife(({ before, after, step, now }) => {
      if (after.owed === 'RESOLVE') expect(before.alerted).toBe(true)
      if (step.ping?.kind !== 'success') return
      expect(after.owed).toBe(before.alerted ? 'RESOLVE' : null)
      if (after.runs.length === 0) expect(stateOf(after, now)).toBe('HEALTHY')
    })
  })

  it('a log changes nothing, and runs stay few', ({ expect }) => {
    anyLife(({ before, after, step }) => {
      if (step.ping?.kind === 'log') expect(after).toBe(before)
      expect(after.runs.length).toBeLessThanOrEqual(20)
    })
  })
})

type Op =
  | { op: 'ping'; kind: Ping['kind']; runId: string | null }
  | { op: 'alarm' | 'hand-out' | 'pause' | 'resume' }
  | { op: 'change'; settings: HeartbeatSettings }
  /** The source has taken one of the events that are on their way, in whatever order. */
  | { op: 'taken'; which: number }

const ops: fc.Arbitrary<Op & { waitMs: number }> = fc
  .record({
    op: fc.oneof(
      fc.record({
        op: fc.constant('ping' as const),
        kind: fc.constantFrom<Ping['kind']>('success', 'success', 'fail', 'start', 'log'),
        runId: fc.constantFrom(null, 'a'),
      }),
      fc.record({ op: fc.constantFrom('alarm' as const, 'hand-out' as const, 'hand-out' as const) }),
      fc.record({ op: fc.constantFrom('pause' as const, 'resume' as const) }),
      fc.record({ op: fc.constant('change' as const), settings }),
      fc.record({ op: fc.constant('taken' as const), which: fc.nat({ max: 3 }) }),
    ),
    waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 8 * HOUR })),
  })
  .map(({ op, waitMs }) => ({ ...op, waitMs }))

/** A heartbeat whose events are on their way for a while, some of them twice. */
class Underway {
  watch: Watch = UNWATCHED
  lastTaken: 'ALERT' | 'RESOLVE' | null = null
  #now = START
  readonly #onTheirWay: ('ALERT' | 'RESOLVE')[] = []

  constructor(private settings: HeartbeatSettings) {}

  do(op: Op, waitMs = 0): void {
    this.#now += waitMs
    switch (op.op) {
      case 'ping':
        this.watch = pinged(this.watch, aPing(this.#now, op), this.settings).watch
        break
      case 'alarm':
        if (!this.watch.paused) this.watch = timePassed(this.watch, this.settings, this.#now)
        break
      case 'hand-out':
        if (this.watch.owed) this.#onTheirWay.push(this.watch.owed)
        break
      case 'pause':
        this.watch = paused(this.watch)
        break
      case 'resume':
        this.watch = resumed(this.watch, this.settings, this.#now)
        break
      case 'change':
        this.settings = op.settings
        this.watch = settingsChanged(this.watch, op.settings, this.#now)
        break
      case 'taken': {
        const [taken] = this.#onTheirWay.splice(op.which % Math.max(1, this.#onTheirWay.length), 1)
        if (!taken) break
        this.watch = reported(this.watch, taken)
        this.lastTaken = taken
      }
    }
  }

  /** Until nothing is owed or on its way. Answers how many events that took. */
  settle(): number {
    for (let taken = 0; ; taken++) {
      if (this.#onTheirWay.length === 0) this.do({ op: 'hand-out' })
      if (this.#onTheirWay.length === 0 || taken > 100) return taken
      this.do({ op: 'taken', which: 0 })
    }
  }
}

describe('of a heartbeat whose events are on their way for a while', () => {
  function anyOrder(end: (life: Underway) => void) {
    fc.assert(
      fc.property(settings, fc.array(ops, { maxLength: 30 }), (settings, steps) => {
        const life = new Underway(settings)
        for (const { waitMs, ...op } of steps) life.do(op, waitMs)
        end(life)
      }),
      { numRuns: 1000 },
    )
  }

  it('none that is well is left with an alert', ({ expect }) => {
    anyOrder((life) => {
      life.do({ op: 'ping', kind: 'success', runId: null })
      life.settle()
      expect(life.lastTaken).not.toBe('ALERT')
    })
  })

  it('none that failed is left resolved', ({ expect }) => {
    anyOrder((life) => {
      life.do({ op: 'ping', kind: 'fail', runId: null })
      life.settle()
      expect(life.lastTaken).toBe('ALERT')
    })
  })

  it('it comes to rest', ({ expect }) => {
    anyOrder((life) => expect(life.settle()).toBeLessThan(40))
  })
})

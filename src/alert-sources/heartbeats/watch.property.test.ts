import fc from 'fast-check'
import { describe, it } from 'vitest'
import { aPing, cron, every, HOUR, MINUTE, SECOND } from './heartbeat.fixtures.ts'
import type { HeartbeatSettings, Ping } from './heartbeat.ts'
import { pinged, reported, stateOf, timePassed, UNWATCHED, type Watch } from './watch.ts'

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

import fc from 'fast-check'
import { describe, it } from 'vitest'
import { anIncident, ann, aPlan, ben, level, MINUTE, NOON } from './incident.fixtures.ts'

const DELAY_MINUTES = 10

/** How many minutes the problem stays, and then how many it is away, always fewer than would resolve the incident. */
const flap = fc.record({
  stays: fc.integer({ min: 0, max: 5 }),
  away: fc.integer({ min: 1, max: DELAY_MINUTES - 1 }),
})

describe('a problem that comes and goes for ever', () => {
  it('reaches the second level one absence late at most, and pages nobody while it is away', ({ expect }) => {
    const lives = fc.record({ timeout: fc.integer({ min: 1, max: 60 }), flaps: fc.array(flap, { minLength: 1 }) })
    fc.assert(
      fc.property(lives, ({ timeout, flaps }) => {
        const plan = aPlan([level(timeout, ann), level(null, ben)])
        const incident = anIncident({ plan, resolveDelayMs: DELAY_MINUTES * MINUTE })
        const due = NOON + timeout * MINUTE
        const longest = Math.max(...flaps.map(({ away }) => away)) * MINUTE
        const paged = incident.paged()
        for (let at = 0; incident.now < due + longest; at++) {
          const { stays, away } = flaps[at % flaps.length] as (typeof flaps)[0]
          // Ann's preferences have a step for every minute.
          for (let minute = 0; minute < stays; minute++) incident.pass(MINUTE).mayNotify(ann)
          incident.receives('RESOLVE')
          paged.push(...incident.paged())
          for (let minute = 0; minute < away; minute++) {
            incident.pass(MINUTE)
            expect(incident.mayNotify(ann)).toBe(false)
          }
          expect(incident.paged()).toEqual([])
          paged.push(...incident.receives('ALERT').paged())
        }
        expect(paged.filter((name) => name === 'Ben')).toHaveLength(1)
        expect(incident.responder(ben).pagedAt).toBeGreaterThanOrEqual(due)
        expect(incident.responder(ben).pagedAt).toBeLessThanOrEqual(due + longest)
      }),
    )
  })
})

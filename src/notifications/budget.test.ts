import { describe, expect, it } from 'vitest'
import { capsOf, giveBack, noSpending, reachedText, spend } from './budget.ts'

const NOON = Date.parse('2026-11-24T12:20:00Z')
const HOUR = 3_600_000
const ANN = 1
const BEA = 2

/** What becomes of so many messages in turn. */
function spendAll(variables: Record<string, string>, senders: { userId: number; at: number }[]) {
  const caps = capsOf('SMS', variables, true)
  let spending = noSpending(NOON)
  return senders.map(({ userId, at }) => {
    const result = spend(spending, caps, userId, at)
    spending = result.spending
    return result.reached
  })
}

describe('caps', () => {
  it('hold for carriers that cost money, and for the simulated one where somebody set them', () => {
    const mostOf = (...given: Parameters<typeof capsOf>) => capsOf(...given).map(({ most }) => most)
    expect(mostOf('SMS', {}, true)).toEqual([60, 2000])
    expect(mostOf('VOICE', {}, true)).toEqual([30, 500])
    expect(mostOf('EMAIL', {}, true)).toEqual([])
    expect(mostOf('SMS', {}, false)).toEqual([])
    expect(mostOf('SMS', { SMS_PER_USER_HOUR: '2' }, false)).toEqual([2])
  })

  it.for([
    ['0', [2000]],
    ['5', [5, 2000]],
    ['many', [60, 2000]],
    ['-1', [60, 2000]],
    ['', [60, 2000]],
  ] as const)('with SMS_PER_USER_HOUR "%s" are %j', ([value, expected]) => {
    expect(capsOf('SMS', { SMS_PER_USER_HOUR: value }, true).map(({ most }) => most)).toEqual(expected)
  })

  it('of one user leave others alone, and count anew with the hour', () => {
    const reached = spendAll({ SMS_PER_USER_HOUR: '2' }, [
      { userId: ANN, at: NOON },
      { userId: ANN, at: NOON + 1 },
      { userId: ANN, at: NOON + 2 },
      { userId: BEA, at: NOON + 3 },
      { userId: ANN, at: NOON + 4 },
      { userId: ANN, at: Date.parse('2026-11-24T13:00:00Z') },
    ])
    expect(reached.map((one) => one?.first ?? null)).toEqual([null, null, true, null, false, null])
  })

  it('of the deployment count everybody for a day in UTC', () => {
    const reached = spendAll({ SMS_PER_DAY: '2' }, [
      { userId: ANN, at: NOON },
      { userId: BEA, at: NOON + 2 * HOUR },
      { userId: 3, at: NOON + 3 * HOUR },
      { userId: ANN, at: Date.parse('2026-11-25T00:00:00Z') },
    ])
    expect(reached.map((one) => one !== null)).toEqual([false, false, true, false])
    expect(reached[2] && reachedText(reached[2])).toBe(
      'the cap of 2 texts a day for the whole deployment is reached: no more until 00:00 UTC (SMS_PER_DAY)',
    )
  })

  it('say whose they are, until when, and where they are set', () => {
    const [reached] = spendAll({}, Array(61).fill({ userId: ANN, at: NOON })).slice(-1)
    expect(reached && reachedText(reached)).toBe(
      'the cap of 60 texts an hour for one user is reached: no more until 13:00 UTC (SMS_PER_USER_HOUR)',
    )
  })

  it('are not used up by what did not go out, and never go below nothing', () => {
    const caps = capsOf('VOICE', { CALLS_PER_USER_HOUR: '1' }, true)
    const spent = spend(noSpending(NOON), caps, ANN, NOON).spending
    expect(spend(spent, caps, ANN, NOON).reached).not.toBeNull()
    const back = giveBack(giveBack(spent, caps, ANN, NOON), caps, ANN, NOON)
    const again = spend(back, caps, ANN, NOON)
    expect(again.reached).toBeNull()
    expect(spend(again.spending, caps, ANN, NOON).reached).not.toBeNull()
  })
})

import { describe, it } from 'vitest'
import { Breaker } from './breaker.ts'

const FIRST = { name: 'first' }
const SECOND = { name: 'second' }
const FAULT = { sent: false, permanent: false }

function having(...results: { sent: boolean; permanent?: boolean }[]): Breaker {
  const breaker = new Breaker()
  for (const result of results) breaker.note('first', result, 0)
  return breaker
}

describe('the order of providers', () => {
  const order = (breaker: Breaker, now: number) => breaker.order([FIRST, SECOND], now).map(({ name }) => name)

  it('is as set up, also after a fault or two', ({ expect }) => {
    expect(order(having(FAULT, FAULT), 1)).toEqual(['first', 'second'])
  })

  it('puts one that failed three times in a row last, for a minute', ({ expect }) => {
    const breaker = having(FAULT, FAULT, FAULT)
    expect(order(breaker, 59_999)).toEqual(['second', 'first'])
    expect(order(breaker, 60_000)).toEqual(['first', 'second'])
  })

  it('is as set up again once it worked', ({ expect }) => {
    expect(order(having(FAULT, FAULT, FAULT, { sent: true }), 1)).toEqual(['first', 'second'])
  })

  it('minds no message that was refused for good', ({ expect }) => {
    const refused = { sent: false, permanent: true }
    expect(order(having(refused, refused, refused, refused), 1)).toEqual(['first', 'second'])
  })
})

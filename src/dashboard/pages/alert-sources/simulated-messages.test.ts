import { describe, expect, it } from 'vitest'
import type { Simulation } from '../../../api/schemas/simulation.ts'
import { linesOf } from './simulated-messages.ts'

type Step = Simulation['steps'][number]

const ANN = { id: 1, firstName: 'Ann', lastName: 'Smith' }
const BEA = { id: 2, firstName: 'Bea', lastName: 'Berg' }
const AT = '2026-11-29T02:00:00.000Z'
const LATER = '2026-11-29T02:05:00.000Z'

const push = (user: typeof ANN, at = AT): Step => ({ type: 'notification', at, user, method: 'PUSH', target: '' })
const sms = (user: typeof ANN, at = AT): Step => ({ type: 'notification', at, user, method: 'SMS', target: '…01' })
const told = (text: string): Step => ({ type: 'timeline', at: AT, text })

const textsOf = (...steps: Step[]) => linesOf(steps).map(({ text }) => text)

describe('a simulated course', () => {
  it('has one line for what one person is sent at one moment', () => {
    expect(textsOf(push(ANN), sms(ANN))).toEqual(['Ann Smith: push, SMS to …01'])
  })

  it('has a line for each person', () => {
    expect(textsOf(push(ANN), push(BEA))).toEqual(['Ann Smith: push', 'Bea Berg: push'])
  })

  it('has another line for what is sent later', () => {
    expect(linesOf([push(ANN), push(ANN, LATER)])).toEqual([
      { at: AT, message: true, text: 'Ann Smith: push' },
      { at: LATER, message: true, text: 'Ann Smith: push' },
    ])
  })

  it('keeps what happens to the incident between the messages', () => {
    expect(textsOf(push(ANN), told('Paged level 2: Ann Smith'), sms(ANN))).toEqual([
      'Ann Smith: push',
      'Paged level 2: Ann Smith',
      'Ann Smith: SMS to …01',
    ])
  })
})

import { describe, expect, it } from 'vitest'
import type { CoverageRequest } from '../../../api/schemas/schedule.ts'
import { mayAccept, statusText, waitsFor } from './coverage-text.ts'

const ANN = { id: 1, firstName: 'Ann', lastName: 'Smith' }
const BEA = { id: 2, firstName: 'Bea', lastName: 'Berg' }
const CEM = { id: 3, firstName: 'Cem', lastName: 'Kaya' }
const AT = '2026-11-29T02:00:00.000Z'

/** Ann asks Bea and Cem; Cem has declined. */
const request = (change: Partial<CoverageRequest> = {}): CoverageRequest => ({
  id: 9,
  schedule: { id: 7, name: 'Primary', type: 'RECURRING', timezone: 'Europe/Berlin' },
  requestedBy: ANN,
  start: AT,
  end: '2026-11-30T02:00:00.000Z',
  message: null,
  status: 'OPEN',
  users: [
    { user: BEA, declinedAt: null },
    { user: CEM, declinedAt: AT },
  ],
  acceptedBy: null,
  answeredAt: null,
  createdAt: AT,
  ...change,
})

describe('an open coverage request', () => {
  it('waits for those asked who have not answered', () => {
    expect([ANN, BEA, CEM].filter(({ id }) => waitsFor(request(), id))).toEqual([BEA])
  })

  it('may still be accepted by who has declined', () => {
    expect([ANN, BEA, CEM].filter(({ id }) => mayAccept(request(), id))).toEqual([BEA, CEM])
  })

  it('says when nobody is left who could take it', () => {
    expect(statusText(request(), ANN.id)).toBe('Waiting for an answer')
    expect(statusText(request({ users: [{ user: CEM, declinedAt: AT }] }), ANN.id)).toBe('Everybody has declined')
  })
})

describe('a taken coverage request', () => {
  const taken = request({
    status: 'ACCEPTED',
    acceptedBy: BEA,
    users: [BEA, CEM, { ...ANN, id: 4 }].map((user) => ({ user, declinedAt: user === CEM ? AT : null })),
  })

  it('waits for nobody', () => {
    expect([BEA, CEM].some(({ id }) => waitsFor(taken, id) || mayAccept(taken, id))).toBe(false)
  })

  it.for([
    ['who asked', ANN.id, 'Taken by Bea Berg'],
    ['who has it', BEA.id, 'Taken by you'],
    ['who declined', CEM.id, 'Taken by Bea Berg'],
    ['who was too late', 4, 'Taken: Bea Berg was faster'],
  ] as const)('says to %s who has it', ([, reader, text]) => {
    expect(statusText(taken, reader)).toBe(text)
  })
})

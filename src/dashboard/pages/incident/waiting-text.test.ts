import { describe, expect, it } from 'vitest'
import type { Incident } from '../../../api/schemas/incident.ts'
import { autoResolvesOn, noNextLevelText, pagesAgainOn, waitsFor } from './waiting-text.ts'

const AT_TWO = '2026-01-05T14:00:00.000Z'
const AT_THREE = '2026-01-05T15:00:00.000Z'

/** Its last level is paged, and nothing holds it. */
const incident = (change: Partial<Incident> = {}) =>
  ({
    ...{ status: 'PENDING', nextEscalation: null, escalationPass: 1, escalationEnded: false },
    ...{ snoozedUntil: null, autoResolveOn: null },
    ...{ resolvesOn: null, heldUntil: null, heldBy: null, raisesOn: null, ...change },
  }) as Incident

const texts = (change: Partial<Incident>) =>
  waitsFor(incident(change)).map(({ before, at, after }) => `${before} ${at.slice(11, 16)}${after}`)

describe('an incident that waits for nothing but its levels', () => {
  it('says only why none is due', () => {
    expect(waitsFor(incident())).toEqual([])
    expect(noNextLevelText(incident())).toBe('There is no further level: nobody else will be paged.')
    expect(noNextLevelText(incident({ escalationEnded: true }))).toContain('has ended')
    expect(noNextLevelText(incident({ escalationPass: 0 }))).toContain('fallback contacts')
    expect(noNextLevelText(incident({ nextEscalation: AT_TWO }))).toBeNull()
    expect(noNextLevelText(incident({ status: 'ACCEPTED' }))).toBeNull()
  })
})

describe('an incident whose source says that it is over', () => {
  it('resolves, whatever else it waits for, and has nothing to say of levels', () => {
    const resolving = { resolvesOn: AT_TWO, heldUntil: AT_THREE, heldBy: 'Upgrade', raisesOn: AT_THREE }
    expect(texts(resolving)).toEqual([
      'The source says it is over: resolves at 14:00 unless it comes back. Nobody is paged until then.',
    ])
    expect(noNextLevelText(incident(resolving))).toBeNull()
  })

  it('does not end its snooze meanwhile', () => {
    const snoozed = { status: 'ACCEPTED', snoozedUntil: AT_TWO } as const
    expect(pagesAgainOn(incident(snoozed))).toBe(AT_TWO)
    expect(pagesAgainOn(incident({ ...snoozed, resolvesOn: AT_THREE }))).toBeNull()
  })

  it('resolves for want of events only where that comes first', () => {
    expect(autoResolvesOn(incident({ autoResolveOn: AT_TWO }))).toBe(AT_TWO)
    expect(autoResolvesOn(incident({ autoResolveOn: AT_TWO, resolvesOn: AT_THREE }))).toBe(AT_TWO)
    expect(autoResolvesOn(incident({ autoResolveOn: AT_THREE, resolvesOn: AT_TWO }))).toBeNull()
  })
})

describe('an incident that a maintenance holds', () => {
  it('names the window where it is known, and does not say that nobody will be paged', () => {
    const held = { heldUntil: AT_THREE, heldBy: 'Upgrade' }
    expect(texts(held)).toEqual([
      'Held by the maintenance window Upgrade until 15:00: nobody is paged by itself until then.',
    ])
    expect(texts({ ...held, heldBy: null })[0]).toContain('Held by a maintenance window until 15:00')
    expect(noNextLevelText(incident(held))).toBeNull()
  })

  it('ends its snooze afterwards', () => {
    const snoozed = { status: 'ACCEPTED', snoozedUntil: AT_TWO, heldUntil: AT_THREE } as const
    expect(pagesAgainOn(incident(snoozed))).toBe(AT_THREE)
  })
})

describe('an incident of low priority that is raised', () => {
  it('says when, and not that nobody else will be paged', () => {
    const raised = 'Becomes high priority at 14:00, when the support hours begin, and pages level 1 anew.'
    expect(texts({ raisesOn: AT_TWO })).toEqual([raised])
    expect(noNextLevelText(incident({ raisesOn: AT_TWO }))).toBeNull()
    expect(noNextLevelText(incident({ raisesOn: AT_TWO, escalationEnded: true }))).toBeNull()
  })

  it('is raised by the end of a maintenance in which the hours begin', () => {
    expect(texts({ raisesOn: AT_THREE, heldUntil: AT_THREE, heldBy: 'Upgrade' })[1]).toBe(
      'Becomes high priority at 15:00 and pages level 1 anew.',
    )
  })
})

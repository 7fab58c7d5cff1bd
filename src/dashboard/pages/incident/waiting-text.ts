import type { Incident } from '../../../api/schemas/incident.ts'

/** A sentence around an instant, which the page shows with a countdown. */
export interface TimedText {
  before: string
  at: string
  after: string
}

/** What comes before anything that the levels say: until then they don't go on as they would, or not only. */
export function waitsFor({ status, resolvesOn, heldUntil, heldBy, raisesOn }: Incident): TimedText[] {
  if (status === 'RESOLVED') return []
  if (resolvesOn) {
    const after = ' unless it comes back. Nobody is paged until then.'
    return [{ before: 'The source says it is over: resolves at', at: resolvesOn, after }]
  }
  const texts: TimedText[] = []
  if (heldUntil) {
    const by = heldBy === null ? 'a maintenance window' : `the maintenance window ${heldBy}`
    texts.push({ before: `Held by ${by} until`, at: heldUntil, after: ': nobody is paged by itself until then.' })
  }
  if (raisesOn) {
    // Put off to the end of a maintenance, it is no longer the hours that say when.
    const why = raisesOn === heldUntil ? '' : ', when the support hours begin,'
    texts.push({ before: 'Becomes high priority at', at: raisesOn, after: `${why} and pages level 1 anew.` })
  }
  return texts
}

/** Whoever was asked may have been sent nothing yet, and is sent nothing more for now. */
export function isHeld({ resolvesOn, heldUntil }: Incident): boolean {
  return resolvesOn !== null || heldUntil !== null
}

/** Why no level is due; null: one is, or what the incident waits for pages somebody yet. */
export function noNextLevelText(incident: Incident): string | null {
  const { status, nextEscalation, escalationPass, escalationEnded, raisesOn } = incident
  if (status !== 'PENDING' || nextEscalation || isHeld(incident)) return null
  if (!escalationEnded && escalationPass === 0) {
    return 'No level has anybody to page: the fallback contacts are paged once the policy’s delay is over.'
  }
  if (raisesOn) return null
  return escalationEnded
    ? 'The escalation has ended and nobody has answered: nobody else will be paged.'
    : 'There is no further level: nobody else will be paged.'
}

/** When a snooze ends: not within a maintenance, and not while the source says that it is over. */
export function pagesAgainOn({ status, snoozedUntil, heldUntil, resolvesOn }: Incident): string | null {
  if (status !== 'ACCEPTED' || snoozedUntil === null || resolvesOn) return null
  return heldUntil !== null && Date.parse(heldUntil) > Date.parse(snoozedUntil) ? heldUntil : snoozedUntil
}

/** Of two ends that come by themselves only the first is of interest. */
export function autoResolvesOn({ status, autoResolveOn, resolvesOn }: Incident): string | null {
  if (status === 'RESOLVED' || autoResolveOn === null) return null
  return resolvesOn !== null && Date.parse(resolvesOn) <= Date.parse(autoResolveOn) ? null : autoResolveOn
}

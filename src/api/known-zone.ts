import { Refusal } from '../directory/refusal.ts'
import { type Zone, zoneOf } from '../on-call/zone.ts'

/** The zone that a body's `timezone` names. */
export function knownZone(timezone: string): Zone {
  try {
    return zoneOf(timezone)
  } catch {
    throw new Refusal('BAD_REQUEST', 'timezone must be an IANA time zone such as Europe/Berlin', 'timezone')
  }
}

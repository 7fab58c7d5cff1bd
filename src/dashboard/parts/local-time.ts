import { Temporal } from '../../on-call/temporal.ts'

/** What a time on the wall clock of a zone means. Instants are epoch milliseconds. */
export type Reading =
  | { kind: 'once'; instant: number }
  /** The clock is set back: it comes twice. */
  | { kind: 'twice'; first: number; second: number }
  /** The clock is set forward over it: the instant is as much later. */
  | { kind: 'never'; instant: number }

/** Reads what a `datetime-local` field holds, such as 2026-10-25T02:30; null: not a time. */
export function readLocalTime(text: string, zone: string): Reading | null {
  const local = parse(text)
  if (!local) return null
  const [earlier, later] = [inZone(local, zone, 'earlier'), inZone(local, zone, 'later')]
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { kind: 'once', instant: earlier.epochMilliseconds }
  // Around a gap Temporal's earlier one is before it, and neither shows the time that was asked for.
  if (!earlier.toPlainDateTime().equals(local)) return { kind: 'never', instant: later.epochMilliseconds }
  return { kind: 'twice', first: earlier.epochMilliseconds, second: later.epochMilliseconds }
}

/** For a `datetime-local` field: 2026-10-25T02:30. */
export function localTimeOf(instant: number, zone: string): string {
  const time = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
  return time.toPlainDateTime().toString({ smallestUnit: 'minute' })
}

function parse(text: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(text)
  } catch {
    return null
  }
}

function inZone(local: Temporal.PlainDateTime, zone: string, disambiguation: 'earlier' | 'later') {
  return local.toZonedDateTime(zone, { disambiguation })
}

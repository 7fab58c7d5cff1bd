import { useClock } from './clock.ts'
import { OWN_ZONE } from './own-zone.ts'
import { exact, spanText } from './time.tsx'
import { intervalIn, momentIn, zoneAbbreviation } from './zoned-time.ts'

/** "Wed 25 Nov 14:00 CET, in 3 h 12 min" */
export function Moment({ instant }: { instant: string }) {
  const at = Date.parse(instant)
  const away = useClock((now) => (at > now ? `, in ${spanText(at - now)}` : ''))
  return (
    <time dateTime={instant} title={exact(instant)}>
      {momentIn(OWN_ZONE, at)} {zoneAbbreviation(OWN_ZONE, at)}
      {away}
    </time>
  )
}

/** "Wed 25 Nov 14:00 – 18:00 CET" */
export function Stretch({ start, end }: { start: string; end: string }) {
  return <>{stretchText(start, end)}</>
}

export function stretchText(start: string, end: string): string {
  return intervalIn(OWN_ZONE, { start: Date.parse(start), end: Date.parse(end) })
}

/** "Mon 9 Jan, 14:00 CET", for somebody who reads it elsewhere. */
export function momentIn(timeZone: string, instant: number): string {
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...day, ...time }).format(instant)
}

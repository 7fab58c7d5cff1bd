import { KeyHelp } from '../../../parts/KeyHelp.tsx'

const KEYS = [
  [['t'], 'today'],
  [['←', '['], 'earlier'],
  [['→', ']'], 'later'],
  [['d'], 'a day'],
  [['w'], 'a week'],
  [['2'], 'two weeks'],
  [['m'], 'a month'],
  [['l'], 'a list'],
  [['z'], 'the schedule’s time, or mine'],
  [['o'], 'override: of the shift that has the focus, or from now'],
  [['?'], 'this help'],
] as const

export function CalendarKeys({ onClose }: { onClose: () => void }) {
  return (
    <KeyHelp keys={KEYS} onClose={onClose}>
      Tab goes from line to line of the calendar. In a line the arrows go from shift to shift, Home and End to the first
      and the last, Enter opens.
    </KeyHelp>
  )
}

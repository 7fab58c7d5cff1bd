import { Dialog } from '../../../parts/Dialog.tsx'
import classes from '../../incidents/KeyHelp.module.css'

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
    <Dialog onClose={onClose} title="Keys">
      <p className="dim">
        Tab goes from line to line of the calendar. In a line the arrows go from shift to shift, Home and End to the
        first and the last, Enter opens.
      </p>
      <dl className={classes.keys}>
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

import { Dialog } from '../../parts/Dialog.tsx'
import classes from './KeyHelp.module.css'

const KEYS = [
  [['j'], 'next incident'],
  [['k'], 'previous incident'],
  [['Enter'], 'open it'],
  [['x'], 'select it, or not'],
  [['a'], 'accept'],
  [['r'], 'resolve'],
  [['e'], 'escalate to the next level'],
  [['c'], 'comment (on an incident’s page)'],
  [['?'], 'this help'],
] as const

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title="Keys">
      <p className="dim">The acts take the selected incidents, or the current one when none is selected.</p>
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

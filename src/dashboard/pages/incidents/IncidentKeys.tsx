import { KeyHelp } from '../../parts/KeyHelp.tsx'

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

export function IncidentKeys({ onClose }: { onClose: () => void }) {
  return (
    <KeyHelp keys={KEYS} onClose={onClose}>
      The acts take the selected incidents, or the current one when none is selected.
    </KeyHelp>
  )
}

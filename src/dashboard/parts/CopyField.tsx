import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import classes from './CopyField.module.css'
import { CopyIcon, HandIcon } from './icons.tsx'

interface CopyFieldProps {
  label: string
  value: string
  /** Several lines, such as a command. */
  block?: boolean
}

/** Something to take elsewhere: a key, a link, a command. */
export function CopyField({ label, value, block }: CopyFieldProps) {
  const { copy, copied } = useClipboard({ timeout: 2000 })
  return (
    <fieldset className={classes.field} data-block={block}>
      <legend className={classes.label}>{label}</legend>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={classes.value} tabIndex={0}>
        {value}
      </pre>
      <Button
        size="compact-sm"
        className={classes.button}
        leftSection={copied ? <HandIcon /> : <CopyIcon />}
        aria-label={`Copy ${label.toLowerCase()}`}
        onClick={() => copy(value)}
      >
        {copied ? 'Copied' : 'Copy'}
      </Button>
      <span className="sr-only" role="status">
        {copied ? `${label} copied` : ''}
      </span>
    </fieldset>
  )
}

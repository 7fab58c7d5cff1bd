import { Button, Group } from '@mantine/core'
import { Problem } from '../../../parts/Notice.tsx'

interface ConflictProps {
  /** Puts what this form changes on top of the newest, and shows what saving that would do. */
  onCompare: () => void
  onDiscard: (() => void) | undefined
}

/** Somebody else has saved meanwhile. Whatever is in the form stays there until the person decides. */
export function Conflict({ onCompare, onDiscard }: ConflictProps) {
  return (
    <Problem>
      <p>
        Somebody else has changed this schedule meanwhile. What you have entered is still here, and not saved. Compare
        it with the newest: what you have not touched becomes as others left it, and the preview shows what saving the
        rest would change.
      </p>
      <Group gap="xs">
        <Button variant="filled" onClick={onCompare}>
          Compare with the newest
        </Button>
        <Button onClick={onDiscard}>Discard my changes</Button>
      </Group>
    </Problem>
  )
}

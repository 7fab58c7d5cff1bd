import { Button, Group } from '@mantine/core'
import { changeSummary } from './change-summary.ts'
import type { Preview } from './use-preview.ts'

interface SaveBarProps {
  exists: boolean
  preview: Preview
  weeks: number
  saving: boolean
  onCancel: () => void
}

/** The button says what pressing it does to people's shifts. */
export function SaveBar({ exists, preview: { data, current }, weeks, saving, onCancel }: SaveBarProps) {
  const known = exists && current && data
  const summary = known ? changeSummary(data.changes) : null
  return (
    <div>
      <Group>
        <Button type="submit" variant="filled" loading={saving} h="auto" mih={36} py={4} styles={WRAPPING}>
          {exists ? 'Save' : 'Create schedule'}
          {summary && `: changes ${summary}`}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
      {known && (
        <p className="dim small">
          {summary
            ? `In the next ${weeks} weeks. They are told.`
            : `Nobody’s shifts change in the next ${weeks} weeks.`}
        </p>
      )}
    </div>
  )
}

/** On a phone the words take two lines. */
const WRAPPING = { label: { whiteSpace: 'normal' } } as const

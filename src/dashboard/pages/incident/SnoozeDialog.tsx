import { Button, Group, Modal, NumberInput, Stack } from '@mantine/core'
import { useState } from 'react'
import { snoozeRequest } from '../../../api/schemas/incident.ts'
import type { Act } from '../../data/incidents.ts'
import { errorsByField } from '../../parts/form.ts'

const USUAL = [
  [15, '15 min'],
  [60, '1 hour'],
  [240, '4 hours'],
  [480, '8 hours'],
  [1440, '1 day'],
] as const

export function SnoozeDialog({ act, onClose }: { act: (act: Act) => void; onClose: () => void }) {
  const [minutes, setMinutes] = useState<number | string>(30)
  const error = errorsByField(snoozeRequest, { minutes }).minutes
  return (
    <Modal opened onClose={onClose} title="Snooze">
      <Stack>
        <p className="dim">It stays accepted and quiet; then it pages again unless it was resolved.</p>
        <Group gap="xs">
          {USUAL.map(([value, label]) => (
            <Button key={value} onClick={() => act({ type: 'snooze', minutes: value })}>
              {label}
            </Button>
          ))}
        </Group>
        <Group align="flex-end">
          <NumberInput label="Minutes" min={1} value={minutes} onChange={setMinutes} error={error} w={120} />
          <Button disabled={Boolean(error)} onClick={() => act({ type: 'snooze', minutes: Number(minutes) })}>
            Snooze
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

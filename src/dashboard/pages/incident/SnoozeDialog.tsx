import { Button, Group } from '@mantine/core'
import type { Act } from '../../data/incidents.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { useSchemaForm } from '../../parts/form.ts'
import { NumberField } from '../../parts/NumberField.tsx'

const USUAL = [
  [15, '15 min'],
  [60, '1 hour'],
  [240, '4 hours'],
  [480, '8 hours'],
  [1440, '1 day'],
] as const

export function SnoozeDialog({ act, onClose }: { act: (act: Act) => void; onClose: () => void }) {
  const { form, formProps } = useSchemaForm({
    schema: async () => (await import('../../../api/schemas/incident.ts')).snoozeRequest,
    initialValues: { minutes: 30 },
    save: async ({ minutes }) => act({ type: 'snooze', minutes }),
    onSaved: onClose,
  })
  return (
    <Dialog onClose={onClose} title="Snooze">
      <p className="dim">It stays accepted and quiet; then it pages again unless it was resolved.</p>
      <Group gap="xs" mb="md">
        {USUAL.map(([value, label]) => (
          <Button key={value} onClick={() => act({ type: 'snooze', minutes: value })}>
            {label}
          </Button>
        ))}
      </Group>
      <form {...formProps}>
        <Group align="flex-end">
          <NumberField label="Minutes" w={120} {...form.getInputProps('minutes')} />
          <Button type="submit">Snooze</Button>
        </Group>
      </form>
    </Dialog>
  )
}

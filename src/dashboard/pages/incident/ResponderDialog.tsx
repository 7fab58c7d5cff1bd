import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Act } from '../../data/incidents.ts'
import { fullName, usersQuery } from '../../data/users.ts'
import { Dialog } from '../../parts/Dialog.tsx'

export function ResponderDialog({ act, onClose }: { act: (act: Act) => void; onClose: () => void }) {
  const [chosen, setChosen] = useState('')
  const { data: users = [] } = useQuery(usersQuery)
  return (
    <Dialog onClose={onClose} title="Add responder">
      <Stack>
        <NativeSelect
          label="Person"
          description="They are paged too; the escalation goes on as it is."
          data={[
            { value: '', label: 'Choose …' },
            ...users.map((user) => ({ value: String(user.id), label: fullName(user) })),
          ]}
          value={chosen}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="filled"
            disabled={!chosen}
            onClick={() => act({ type: 'add-responder', user: Number(chosen) })}
          >
            Page them
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

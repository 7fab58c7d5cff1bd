import { Button, Group, NativeSelect, SegmentedControl, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { escalationPoliciesQuery } from '../../data/escalation-policies.ts'
import type { Act, Assignee } from '../../data/incidents.ts'
import { schedulesQuery } from '../../data/schedules.ts'
import { fullName, usersQuery } from '../../data/users.ts'
import { Dialog } from '../../parts/Dialog.tsx'

const KINDS: Record<Assignee['type'], { choice: string; label: string; description: string }> = {
  user: { choice: 'Person', label: 'Person', description: 'They are paged, with no escalation beyond them.' },
  schedule: {
    choice: 'On call',
    label: 'Schedule',
    description: 'Whoever is on call is paged, with no escalation beyond them.',
  },
  policy: {
    choice: 'Policy',
    label: 'Escalation policy',
    description: 'Its first level is paged, and it escalates from there.',
  },
}

/** To one person, to whoever is on call, or to another escalation policy. */
export function AssignDialog({ act, onClose }: { act: (act: Act) => void; onClose: () => void }) {
  const [type, setType] = useState<Assignee['type']>('user')
  const [chosen, setChosen] = useState('')
  const options = useOptions()[type]
  const { label, description } = KINDS[type]
  return (
    <Dialog onClose={onClose} title="Assign">
      <Stack>
        <SegmentedControl
          aria-label="Assign to"
          fullWidth
          value={type}
          onChange={(value) => {
            setType(value as Assignee['type'])
            setChosen('')
          }}
          data={Object.entries(KINDS).map(([value, { choice }]) => ({ value, label: choice }))}
        />
        <NativeSelect
          key={type}
          label={label}
          description={description}
          data={[
            { value: '', label: 'Choose …' },
            ...options.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          value={chosen}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="filled"
            disabled={!chosen}
            onClick={() => act({ type: 'assign', to: { type, id: Number(chosen) } })}
          >
            Assign
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

function useOptions(): Record<Assignee['type'], { id: number; name: string }[]> {
  const { data: users = [] } = useQuery(usersQuery)
  const { data: schedules = [] } = useQuery(schedulesQuery)
  const { data: policies = [] } = useQuery(escalationPoliciesQuery)
  return {
    user: users.map((user) => ({ id: user.id, name: fullName(user) })),
    schedule: schedules.map(({ id, name, currentShift }) => ({
      id,
      name: `${name}: ${currentShift ? fullName(currentShift.user) : 'nobody is on call'}`,
    })),
    policy: policies,
  }
}

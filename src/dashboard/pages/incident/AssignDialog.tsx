import { Button, Group, NativeSelect, SegmentedControl, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { escalationPoliciesQuery } from '../../data/escalation-policies.ts'
import type { Act } from '../../data/incidents.ts'
import { fullName, usersQuery } from '../../data/users.ts'
import { Dialog } from '../../parts/Dialog.tsx'

/** To one person, or to another escalation policy. */
export function AssignDialog({ act, onClose }: { act: (act: Act) => void; onClose: () => void }) {
  const [kind, setKind] = useState<'user' | 'policy'>('user')
  const [chosen, setChosen] = useState('')
  const { data: users = [] } = useQuery(usersQuery)
  const { data: policies = [] } = useQuery(escalationPoliciesQuery)
  const options =
    kind === 'user'
      ? users.map((user) => ({ value: String(user.id), label: fullName(user) }))
      : policies.map(({ id, name }) => ({ value: String(id), label: name }))

  return (
    <Dialog onClose={onClose} title="Assign">
      <Stack>
        <SegmentedControl
          aria-label="Assign to"
          fullWidth
          value={kind}
          onChange={(value) => {
            setKind(value === 'policy' ? 'policy' : 'user')
            setChosen('')
          }}
          data={[
            { value: 'user', label: 'A person' },
            { value: 'policy', label: 'An escalation policy' },
          ]}
        />
        <NativeSelect
          key={kind}
          label={kind === 'user' ? 'Person' : 'Escalation policy'}
          description={
            kind === 'user'
              ? 'They are paged, with no escalation beyond them.'
              : 'Its first level is paged, and it escalates from there.'
          }
          data={[{ value: '', label: 'Choose …' }, ...options]}
          value={chosen}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="filled"
            disabled={!chosen}
            onClick={() =>
              act({ type: 'assign', to: kind === 'user' ? { user: Number(chosen) } : { policy: Number(chosen) } })
            }
          >
            Assign
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

import { NativeSelect } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { User } from '../../../api/schemas/user.ts'
import type { UserNeeds } from '../../../api/schemas/user-deletion.ts'
import { deleteUser, fullName, userNeedsQuery, usersQuery } from '../../data/users.ts'
import { announce } from '../../parts/announce.tsx'
import { DeleteDialog } from '../../parts/DeleteDialog.tsx'
import { Problem } from '../../parts/Notice.tsx'

/** Says where the person is needed, and has somebody take their place there. */
export function DeleteUser({ user, onClose }: { user: User; onClose: () => void }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { data: needs, error } = useQuery(userNeedsQuery(user.id))
  const { data: users = [] } = useQuery(usersQuery)
  const [replacement, setReplacement] = useState('')
  const name = fullName(user)
  const needed = Boolean(needs && needs.escalationPolicies.length + needs.schedules.length > 0)
  return (
    <DeleteDialog
      title={`Delete ${name}?`}
      confirm={`Delete ${name}`}
      ready={Boolean(needs) && (!needed || replacement !== '')}
      act={() => deleteUser(user.id, replacement ? Number(replacement) : null)}
      onDone={async () => {
        await navigate({ to: '/users' })
        for (const kind of ['escalation-policies', 'schedules', 'on-calls', 'settings']) {
          queryClient.invalidateQueries({ queryKey: [kind] })
        }
        queryClient.invalidateQueries({ queryKey: ['users'], exact: true })
        announce(`${name} was deleted.`)
      }}
      onClose={onClose}
    >
      <p>
        Their sign-in, contacts, notification preferences and API keys are gone for good, and they are no longer paged.
      </p>
      {error && <Problem>{error.message}</Problem>}
      {needs && needed && (
        <>
          <p>{user.firstName} is needed, from now on:</p>
          <Needs needs={needs} />
          <NativeSelect
            label="Who takes their place there?"
            description="In every level and turn that is still to come; the past stays as it was."
            value={replacement}
            onChange={({ currentTarget }) => setReplacement(currentTarget.value)}
            data={[
              { value: '', label: 'Choose …' },
              ...users
                .filter(({ id }) => id !== user.id)
                .map((other) => ({ value: String(other.id), label: fullName(other) })),
            ]}
          />
        </>
      )}
    </DeleteDialog>
  )
}

function Needs({ needs: { escalationPolicies, schedules, fallbackContact } }: { needs: UserNeeds }) {
  return (
    <ul>
      {escalationPolicies.map(({ id, name }) => (
        <li key={`policy ${id}`}>
          escalation policy{' '}
          <Link to="/escalation-policies/$id" params={{ id }}>
            {name}
          </Link>
        </li>
      ))}
      {schedules.map(({ id, name }) => (
        <li key={`schedule ${id}`}>
          schedule{' '}
          <Link to="/schedules/$id" params={{ id }}>
            {name}
          </Link>
        </li>
      ))}
      {fallbackContact && (
        <li>
          <Link to="/settings">fallback contacts</Link>
        </li>
      )}
    </ul>
  )
}

import { Button, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { fullName, type Invitation, inviteUser } from '../../data/users.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { InvitationLink } from './InvitationLink.tsx'
import { UserForm } from './UserForm.tsx'

export function InviteUser() {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [invited, setInvited] = useState<{ id: number; name: string; invitation: Invitation | null } | null>(null)
  return (
    <Page title="Invite user" above={<Link to="/users">Users</Link>} narrow>
      <ForAdministrators otherwise={<Problem>Only administrators can invite people.</Problem>}>
        {invited ? (
          <Stack>
            {invited.invitation && <InvitationLink name={invited.name} invitation={invited.invitation} />}
            <p>
              Next:{' '}
              <Link to="/users/$id" params={{ id: invited.id }}>
                their contacts and notifications
              </Link>
            </p>
            <div>
              <Button onClick={() => setInvited(null)}>Invite somebody else</Button>
            </div>
          </Stack>
        ) : (
          <UserForm
            user={null}
            save={inviteUser}
            onSaved={(user) => {
              queryClient.invalidateQueries({ queryKey: ['users'], exact: true })
              setInvited({ id: user.id, name: fullName(user), invitation: user.invitation })
            }}
            onCancel={() => navigate({ to: '/users' })}
          />
        )}
      </ForAdministrators>
    </Page>
  )
}

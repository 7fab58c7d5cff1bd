import { Button } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { User } from '../../../api/schemas/user.ts'
import { currentUserQuery } from '../../data/session.ts'
import { fullName, newInvitation, saveUser, userQuery } from '../../data/users.ts'
import { announce } from '../../parts/announce.tsx'
import { OwnFeeds } from '../../parts/CalendarFeeds.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { TrashIcon } from '../../parts/icons.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Page, Section } from '../../parts/Page.tsx'
import { ApiKeys } from './ApiKeys.tsx'
import { Contacts } from './Contacts.tsx'
import { DeleteUser } from './DeleteUser.tsx'
import { Devices } from './Devices.tsx'
import { InvitationLink } from './InvitationLink.tsx'
import { Preferences } from './Preferences.tsx'
import { QuietTimes } from './QuietTimes.tsx'
import { Reminders } from './Reminders.tsx'
import { StatusUpdates } from './StatusUpdates.tsx'
import { UserForm } from './UserForm.tsx'

const route = getRouteApi('/signed-in/users/$id')

export function UserPage() {
  const { id } = route.useParams()
  const { data: user } = useSuspenseQuery(userQuery(id))
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const administrator = me.role === 'ADMIN'
  return (
    <Page
      title={fullName(user)}
      above={<Link to="/users">Users</Link>}
      narrow
      actions={administrator && me.id !== id && <Administration user={user} />}
    >
      <Settings key={id} user={user} editable={administrator || me.id === id} />
    </Page>
  )
}

export function ProfilePage() {
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const { data: user } = useSuspenseQuery(userQuery(me.id))
  return (
    <Page title="Your profile" narrow>
      <Settings user={user} editable>
        <Section title="Shifts in your calendar">
          <OwnFeeds />
        </Section>
        <Section title="API keys">
          <ApiKeys />
        </Section>
      </Settings>
    </Page>
  )
}

function Settings({ user, editable, children }: { user: User; editable: boolean; children?: ReactNode }) {
  const queryClient = useQueryClient()
  return (
    <>
      <Section title="Person">
        {editable ? (
          <UserForm
            user={user}
            save={(input) => saveUser(user.id, input)}
            onSaved={(saved) => {
              queryClient.setQueryData(userQuery(user.id).queryKey, saved)
              queryClient.invalidateQueries({ queryKey: ['users'], exact: true })
              queryClient.invalidateQueries({ queryKey: ['current-user'] })
              announce(`${fullName(saved)} saved`)
            }}
          />
        ) : (
          <p>
            {user.email} · {user.role === 'ADMIN' ? 'Administrator' : 'User'} · {user.timezone}
          </p>
        )}
      </Section>
      <Contacts userId={user.id} editable={editable} />
      {editable && <Devices userId={user.id} />}
      <Preferences user={user} editable={editable} />
      <StatusUpdates userId={user.id} editable={editable} />
      <QuietTimes user={user} editable={editable} />
      <Reminders userId={user.id} editable={editable} />
      {children}
    </>
  )
}

/** What an administrator can do with somebody else. */
function Administration({ user }: { user: User }) {
  const [deleting, setDeleting] = useState(false)
  const invitation = useMutation({ mutationFn: () => newInvitation(user.id) })
  const name = fullName(user)
  return (
    <>
      <Button loading={invitation.isPending} onClick={() => invitation.mutate()}>
        {user.status === 'INVITED' ? 'New invitation link' : 'Password reset link'}
      </Button>
      <Button leftSection={<TrashIcon />} onClick={() => setDeleting(true)}>
        Delete
      </Button>
      {invitation.error && <Problem>{invitation.error.message}</Problem>}
      {invitation.data && (
        <Dialog onClose={invitation.reset} title={`Link for ${name}`}>
          <InvitationLink name={name} invitation={invitation.data} />
        </Dialog>
      )}
      {deleting && <DeleteUser user={user} onClose={() => setDeleting(false)} />}
    </>
  )
}

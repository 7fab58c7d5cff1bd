import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { sandboxMessagesQuery } from '../../data/sandbox.ts'
import { currentUserQuery } from '../../data/session.ts'
import { fullName, usersQuery } from '../../data/users.ts'
import { Loading } from '../../frame/states.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { inboxOf } from './inbox.ts'
import { Mailbox } from './Mailbox.tsx'
import { People } from './People.tsx'
import { Phone } from './Phone.tsx'
import classes from './SandboxPage.module.css'

const route = getRouteApi('/signed-in/sandbox')

/** What people's phones and mailboxes got from the simulated carrier, and the answers that they give. */
export function SandboxPage() {
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const { data: users } = useSuspenseQuery(usersQuery)
  const { data: everybodys } = useSuspenseQuery(sandboxMessagesQuery())
  // Whoever was told last, as of opening the page: it must not change under a hand that types.
  const [first] = useState(() => everybodys[0]?.user.id ?? me.id)
  const userId = route.useSearch().user ?? first
  const user = users.find(({ id }) => id === userId)
  const { data: messages, error } = useQuery(sandboxMessagesQuery(userId))

  return (
    <Page title="Simulated phone">
      <p className="dim">
        No carrier is connected here: what would be sent shows on this phone, and answers go the way that real ones go.
      </p>
      <People users={users} messages={everybodys} chosen={userId} />
      {error && <Problem>{error.message}</Problem>}
      {!messages && !error && <Loading />}
      {messages && user && (
        <div className={classes.columns} key={userId}>
          <Phone name={fullName(user)} inbox={inboxOf(messages)} />
          <Mailbox name={fullName(user)} mails={inboxOf(messages).mails} />
        </div>
      )}
    </Page>
  )
}

import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { fullName, usersQuery } from '../../data/users.ts'
import { ForAdministrators } from '../../parts/administrator.tsx'
import { PlusIcon } from '../../parts/icons.tsx'
import { Page } from '../../parts/Page.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { BrokenContactBadge } from './BrokenContactBadge.tsx'

export function UserList() {
  const { data: users } = useSuspenseQuery(usersQuery)
  return (
    <Page
      title="Users"
      actions={
        <ForAdministrators>
          <Button
            variant="filled"
            leftSection={<PlusIcon />}
            renderRoot={(props) => <Link to="/users/new" {...props} />}
          >
            Invite user
          </Button>
        </ForAdministrators>
      }
    >
      <Rows label="Users">
        {users.map((user) => (
          <Row
            key={user.id}
            title={
              <Link to="/users/$id" params={{ id: user.id }}>
                {fullName(user)}
              </Link>
            }
            state={
              <span className="dim small">
                {user.role === 'ADMIN' ? 'Administrator' : 'User'}
                {user.status === 'INVITED' && ' · invited, has not signed in yet'}
                <ForAdministrators>
                  <BrokenContactBadge userId={user.id} />
                </ForAdministrators>
              </span>
            }
          >
            {user.email}
          </Row>
        ))}
      </Rows>
    </Page>
  )
}

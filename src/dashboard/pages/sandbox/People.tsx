import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { SandboxMessage } from '../../../api/schemas/sandbox.ts'
import type { User } from '../../../api/schemas/user.ts'
import { fullName } from '../../data/users.ts'
import classes from './People.module.css'

interface PeopleProps {
  users: User[]
  messages: SandboxMessage[]
  chosen: number
}

/** Whose phone is looked at; the others say how much has come since one last looked. */
export function People({ users, messages, chosen }: PeopleProps) {
  const newest = Number(messages[0]?.id ?? 0)
  const [opened] = useState(newest)
  const [seen, setSeen] = useState<Record<number, number>>({})
  useEffect(() => setSeen((before) => ({ ...before, [chosen]: newest })), [chosen, newest])

  return (
    <nav aria-label="Phones" className={classes.people}>
      {users.map((user) => {
        const unseen = messages.filter(
          ({ user: { id }, direction, id: message }) =>
            id === user.id && id !== chosen && direction === 'TO_USER' && Number(message) > (seen[id] ?? opened),
        ).length
        return (
          <Link
            key={user.id}
            to="/sandbox"
            search={{ user: user.id }}
            className={classes.person}
            aria-current={user.id === chosen ? 'true' : undefined}
          >
            {fullName(user)}
            {unseen > 0 && (
              <span className={classes.unseen}>
                {unseen}
                <span className="sr-only"> new</span>
              </span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}

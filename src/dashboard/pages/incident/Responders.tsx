import { Link } from '@tanstack/react-router'
import type { Incident } from '../../../api/schemas/incident.ts'
import { fullName } from '../../data/users.ts'
import { Section } from '../../parts/Page.tsx'
import { RelativeTime } from '../../parts/time.tsx'
import classes from './Facts.module.css'

const WORDS = { PENDING: 'being paged', ACCEPTED: 'accepted', WITHDRAWN: 'no longer paged' } as const

export function Responders({ responders }: { responders: Incident['responders'] }) {
  if (responders.length === 0) return null
  return (
    <Section title="Responders">
      <ul className={classes.list}>
        {responders.map(({ user, status, pagedAt, unreachable }) => (
          <li key={`${user.id} ${pagedAt}`}>
            <Link to="/users/$id" params={{ id: user.id }}>
              {fullName(user)}
            </Link>
            <div className="dim small">
              {WORDS[status]} · paged <RelativeTime instant={pagedAt} />
            </div>
            {unreachable && <div className="small">Could not be reached on any channel</div>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

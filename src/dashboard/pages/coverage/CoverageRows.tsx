import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CoverageRequest } from '../../../api/schemas/schedule.ts'
import { currentUserQuery } from '../../data/session.ts'
import { fullName, namesOf } from '../../data/users.ts'
import { Row, Rows } from '../../parts/Row.tsx'
import { Stretch } from '../../parts/shift-time.tsx'
import { CoverageAnswers } from './CoverageAnswers.tsx'
import { statusText, waitsFor } from './coverage-text.ts'

/** Coverage requests; those that wait for my answer take it here. */
export function CoverageRows({ label, requests }: { label: string; requests: CoverageRequest[] }) {
  const { data: me } = useSuspenseQuery(currentUserQuery)
  return (
    <Rows label={label}>
      {requests.map((request) => {
        const { id, schedule, requestedBy, start, end, message, users } = request
        const mine = requestedBy.id === me.id
        const waiting = waitsFor(request, me.id)
        return (
          <Row
            key={id}
            title={
              <Link to="/coverage/$id" params={{ id }}>
                {schedule.name}: <Stretch start={start} end={end} />
              </Link>
            }
            state={!waiting && <span className="small">{statusText(request, me.id)}</span>}
            actions={waiting && <CoverageAnswers request={request} />}
          >
            {mine
              ? `You asked ${namesOf(users.map(({ user }) => user))}`
              : `${fullName(requestedBy) || 'Somebody who is gone'} asks ${namesOf(users.map(({ user }) => (user.id === me.id ? { firstName: 'you' } : user)))}`}
            {message && <div>“{message}”</div>}
          </Row>
        )
      })}
    </Rows>
  )
}

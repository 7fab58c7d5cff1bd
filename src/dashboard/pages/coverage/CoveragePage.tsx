import { Button, Group } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { CoverageRequest } from '../../../api/schemas/schedule.ts'
import { coverageRequestQuery, useCoverageAnswer } from '../../data/coverage-requests.ts'
import { currentUserQuery } from '../../data/session.ts'
import { fullName } from '../../data/users.ts'
import { announce } from '../../parts/announce.tsx'
import { Page, Section } from '../../parts/Page.tsx'
import { Row, Rows } from '../../parts/Row.tsx'
import { Stretch } from '../../parts/shift-time.tsx'
import { RelativeTime } from '../../parts/time.tsx'
import { CoverageAnswers } from './CoverageAnswers.tsx'
import classes from './CoveragePage.module.css'
import { nameFor, statusText } from './coverage-text.ts'

const route = getRouteApi('/signed-in/coverage/$id')

/** Where the mail leads: who asks for what, and the answer. */
export function CoveragePage() {
  const { id } = route.useParams()
  const { data: request } = useSuspenseQuery(coverageRequestQuery(id))
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const { schedule, requestedBy, start, end, message, users, createdAt, answeredAt } = request
  const asker = nameFor(requestedBy, me.id)
  return (
    <Page title={`Cover for ${schedule.name}`} above={<Link to="/coverage">Coverage requests</Link>} narrow>
      <p>
        <strong>
          <Stretch start={start} end={end} />
        </strong>
      </p>
      <p>
        {asker === 'you' ? 'You ask' : `${asker} asks`} for somebody to take this over in{' '}
        <Link to="/schedules/$id" params={{ id: schedule.id }} search={{ date: start.slice(0, 10) }}>
          {schedule.name}
        </Link>
        . Asked <RelativeTime instant={createdAt} />.
      </p>
      {message && <blockquote className={classes.message}>{message}</blockquote>}
      <p role="status">
        <strong>{statusText(request, me.id)}</strong>
        {answeredAt && (
          <>
            , <RelativeTime instant={answeredAt} />
          </>
        )}
        .
      </p>
      <Group mb="lg">
        <CoverageAnswers request={request} />
        <Cancel request={request} />
      </Group>
      <Section title="Asked">
        <Rows label="Asked">
          {users.map(({ user, declinedAt }) => (
            <Row
              key={user.id}
              title={
                <Link to="/users/$id" params={{ id: user.id }}>
                  {fullName(user) || 'Somebody who is gone'}
                </Link>
              }
              state={<span className="small">{answerText(request, user.id, declinedAt)}</span>}
            />
          ))}
        </Rows>
      </Section>
    </Page>
  )
}

function answerText({ status, acceptedBy }: CoverageRequest, user: number, declinedAt: string | null): string {
  if (acceptedBy?.id === user) return 'accepted'
  if (declinedAt) return 'declined'
  return status === 'OPEN' ? 'has not answered yet' : 'did not answer'
}

function Cancel({ request }: { request: CoverageRequest }) {
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const { mutate, isPending } = useCoverageAnswer(request.id)
  if (request.status !== 'OPEN' || (request.requestedBy.id !== me.id && me.role !== 'ADMIN')) return null
  return (
    <Button
      loading={isPending}
      onClick={() =>
        mutate('cancel', {
          onSuccess: () => announce('Cancelled. Who was asked and had not answered is told.'),
          onError: (error) => announce(error.message),
        })
      }
    >
      Cancel request
    </Button>
  )
}

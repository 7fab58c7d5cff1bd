import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { CoverageRequest } from '../../../api/schemas/schedule.ts'
import { useCoverageAnswer } from '../../data/coverage-requests.ts'
import { currentUserQuery } from '../../data/session.ts'
import { announce } from '../../parts/announce.tsx'
import { mayAccept, waitsFor } from './coverage-text.ts'

/** What I can answer to a request. The first to accept has it; who is too late hears who was faster. */
export function CoverageAnswers({ request }: { request: CoverageRequest }) {
  const { data: me } = useSuspenseQuery(currentUserQuery)
  const { mutate, isPending, variables } = useCoverageAnswer(request.id)
  const act = (answer: 'accept' | 'decline', done: string) =>
    mutate(answer, { onSuccess: () => announce(done), onError: (error) => announce(error.message) })
  const what = `${request.schedule.name}, asked by ${request.requestedBy.firstName ?? 'somebody'}`
  return (
    <>
      {mayAccept(request, me.id) && (
        <Button
          variant="filled"
          aria-label={`Accept: ${what}`}
          loading={isPending && variables === 'accept'}
          disabled={isPending}
          onClick={() => act('accept', `It is yours: you are on call for ${request.schedule.name} then.`)}
        >
          Accept
        </Button>
      )}
      {waitsFor(request, me.id) && (
        <Button
          aria-label={`Decline: ${what}`}
          loading={isPending && variables === 'decline'}
          disabled={isPending}
          onClick={() => act('decline', 'Declined. You may still accept it as long as nobody else has.')}
        >
          Decline
        </Button>
      )}
    </>
  )
}

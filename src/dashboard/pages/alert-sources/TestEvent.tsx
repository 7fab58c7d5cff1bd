import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { sendTestEvent } from '../../data/integration-types.ts'
import { Problem } from '../../parts/Notice.tsx'

/** Opens a real incident, by the real rules, and pages whoever is on call: that is what is being tested. */
export function TestEvent({ sourceId }: { sourceId: number }) {
  const queryClient = useQueryClient()
  const { mutate, data, error, isPending, variables } = useMutation({
    mutationFn: (eventType: 'ALERT' | 'RESOLVE') => sendTestEvent(sourceId, eventType),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['alert-sources', sourceId] }),
  })
  return (
    <Stack gap="xs" mt="md">
      <Group>
        <Button loading={isPending && variables === 'ALERT'} onClick={() => mutate('ALERT')}>
          Send a test event
        </Button>
        {data?.incident && (
          <Button variant="subtle" loading={isPending && variables === 'RESOLVE'} onClick={() => mutate('RESOLVE')}>
            Resolve it again
          </Button>
        )}
      </Group>
      <p className="dim" role="status">
        {data ? (
          <>
            {OUTCOMES[data.outcome] ?? data.outcome}
            {data.incident && (
              <>
                {' '}
                <Link to="/incidents/$incident" params={{ incident: data.incident.reference }}>
                  {data.incident.reference}
                </Link>
              </>
            )}
            {data.reason && `: ${data.reason}`}.
          </>
        ) : (
          'It opens an incident and pages people, as a real event does.'
        )}
      </p>
      {error && <Problem>{error.message}</Problem>}
    </Stack>
  )
}

const OUTCOMES: Record<string, string> = {
  opened: 'Opened',
  appended: 'Joined',
  resolved: 'Resolved',
  collected: 'Collected in',
  dropped: 'Dropped',
  suppressed: 'Held back',
  queued: 'The source is busy: it waits in a queue',
  'no-open-incident': 'Nothing is open that it could resolve',
}

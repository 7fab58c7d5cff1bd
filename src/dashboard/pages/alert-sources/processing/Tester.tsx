import { Button, Group, NativeSelect, Stack, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertSource } from '../../../../api/schemas/alert-source.ts'
import type { LoggedEvent } from '../../../../api/schemas/logged-event.ts'
import type { Trial } from '../../../data/event-processing.ts'
import { sourceEventsQuery } from '../../../data/integration-types.ts'
import { Empty, Problem } from '../../../parts/Notice.tsx'
import { OWN_ZONE } from '../../../parts/own-zone.ts'
import { momentIn } from '../../../parts/zoned-time.ts'
import type { Draft } from './draft.ts'
import formClasses from './ProcessingForm.module.css'
import { exampleRequest, readable, readerOf, readersFor, requestsIn } from './payloads.ts'
import classes from './Tester.module.css'
import { outcomeOf, TriedEvents } from './TriedEvents.tsx'
import { useTrial } from './use-trial.ts'

interface TesterProps {
  source: AlertSource
  draft: Draft
}

/** What the draft would make of something that came, or that is pasted: before it is saved. */
export function Tester({ source, draft }: TesterProps) {
  const { data: log } = useQuery(sourceEventsQuery(source.id))
  return (
    <section className={classes.tester} aria-label="Try it">
      <h2 className={formClasses.heading}>Try it</h2>
      <p className="dim small">
        On one of the last events, or on what you paste. Nothing is saved and nobody is paged.
      </p>
      {log && <Trying source={source} draft={draft} log={log} />}
    </section>
  )
}

const PASTED = ''

function Trying({ source, draft, log }: TesterProps & { log: LoggedEvent[] }) {
  const came = requestsIn(log)
  const [chosen, setChosen] = useState(() => String(came[0]?.id ?? PASTED))
  const [request, setRequest] = useState<Trial['request']>(() => {
    const { request = { via: readerOf(source), body: '' } } = came[0] ?? {}
    return { ...request, body: readable(request.body) }
  })
  const choose = (id: string) => {
    const found = came.find((one) => String(one.id) === id)
    setChosen(id)
    setRequest(found ? { ...found.request, body: readable(found.request.body) } : { via: request.via, body: '' })
  }
  return (
    <Stack gap="sm">
      {came.length === 0 && request.body === '' && (
        <Empty title="Nothing has come yet">
          <p>Paste what your tool sends, or begin with an example.</p>
          <Button onClick={() => setRequest(exampleRequest())}>Use an example</Button>
        </Empty>
      )}
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label="Event"
          value={chosen}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
          flex="1 1 220px"
          data={[
            ...came.map(({ id, summary, at }) => ({
              value: String(id),
              label: `${momentIn(OWN_ZONE, Date.parse(at))}: ${summary.slice(0, 60)}`,
            })),
            { value: PASTED, label: 'pasted below' },
          ]}
        />
        <NativeSelect
          label="Read as"
          value={request.via}
          onChange={({ currentTarget }) => setRequest({ ...request, via: currentTarget.value })}
          data={[...new Set([...readersFor(source, log), request.via])]}
        />
      </Group>
      <Textarea
        label="Payload"
        autosize
        minRows={4}
        maxRows={14}
        spellCheck={false}
        classNames={{ input: formClasses.code }}
        value={request.body}
        onChange={({ currentTarget }) => {
          setChosen(PASTED)
          setRequest({ ...request, body: currentTarget.value })
        }}
      />
      <Result sourceId={source.id} draft={draft} request={request} />
    </Stack>
  )
}

interface ResultProps {
  sourceId: number
  draft: Draft
  request: Trial['request']
}

function Result({ sourceId, draft, request }: ResultProps) {
  const { data, error, current } = useTrial(sourceId, draft, request)
  if (error) return <Problem>{error.message}</Problem>
  if (!data || request.body.trim() === '') return null
  return (
    <div aria-busy={!current}>
      <span className="sr-only" role="status">
        {current && data.events.map(outcomeOf).slice(0, 3).join('. ')}
      </span>
      {data.problem && <p className={classes.nothing}>It can’t be read: {data.problem}</p>}
      {data.ignored && <p className={classes.nothing}>It holds no event: {data.ignored}</p>}
      <TriedEvents events={data.events} />
      {data.more > 0 && <p className="dim small">It holds {data.more} more events, which are not shown.</p>}
    </div>
  )
}

import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { IncidentSummary } from '../../../api/schemas/incident.ts'
import { PAGE_SIZE, STATES } from '../../data/incident-filter.ts'
import { incidentsQuery } from '../../data/incidents.ts'
import { Loading } from '../../frame/states.tsx'
import { PlusIcon } from '../../parts/icons.tsx'
import { Problem } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { STATE_WORDS } from '../../parts/State.tsx'
import { BulkBar } from './BulkBar.tsx'
import { Filters } from './Filters.tsx'
import { IncidentKeys } from './IncidentKeys.tsx'
import classes from './IncidentList.module.css'
import { IncidentRow } from './IncidentRow.tsx'
import { useListKeys } from './list-keys.ts'
import { NoIncidents } from './NoIncidents.tsx'
import { useReportedAct } from './reported-act.ts'

const route = getRouteApi('/signed-in/incidents')

export function IncidentList() {
  const filter = route.useSearch()
  const navigate = useNavigate()
  const { data, error } = useQuery(incidentsQuery(filter))
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set())
  const [helpOpen, setHelpOpen] = useState(false)
  // What an act was done to is no longer selected: the next act is for others.
  const { act, acting } = useReportedAct((done) =>
    setSelected((before) => new Set([...before].filter((id) => !done.includes(id)))),
  )

  const shown = data?.slice(0, PAGE_SIZE) ?? []
  const chosen = shown.filter(({ id }) => selected.has(id))
  // One that left the list comes back unselected.
  if (data && chosen.length < selected.size) setSelected(new Set(chosen.map(({ id }) => id)))

  const toggle = (id: number) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const keys = useListKeys({
    shown,
    chosen,
    toggle,
    open: ({ reference }) => navigate({ to: '/incidents/$incident', params: { incident: reference } }),
    act,
    help: () => setHelpOpen(true),
  })

  return (
    <Page
      title="Incidents"
      actions={
        <>
          <Button onClick={() => setHelpOpen(true)} className={classes.keysButton}>
            Keys&ensp;<kbd>?</kbd>
          </Button>
          <Button
            variant="filled"
            leftSection={<PlusIcon />}
            renderRoot={(props) => <Link to="/incidents/new" {...props} />}
          >
            New incident
          </Button>
        </>
      }
    >
      <Filters filter={filter} />
      {error && <Problem>{error.message}</Problem>}
      {!data && !error && <Loading />}
      {data && shown.length === 0 && <NoIncidents filter={filter} />}
      {shown.length > 0 && (
        <Checkbox
          className={classes.all}
          size="sm"
          label={chosen.length > 0 ? `${chosen.length} selected` : 'Select all'}
          aria-label="Select all incidents"
          checked={chosen.length === shown.length}
          indeterminate={chosen.length > 0 && chosen.length < shown.length}
          onChange={() => setSelected(new Set(chosen.length === shown.length ? [] : shown.map(({ id }) => id)))}
        />
      )}
      {STATES.map((state) => {
        const group = shown.filter(({ status }) => status === state)
        return (
          group.length > 0 && (
            <section key={state} aria-label={STATE_WORDS[state]} className={classes.group}>
              <ul className="plain">
                {group.map((incident: IncidentSummary) => (
                  <IncidentRow
                    key={incident.id}
                    incident={incident}
                    selected={selected.has(incident.id)}
                    onToggle={() => toggle(incident.id)}
                    {...keys.rowProps(incident)}
                  />
                ))}
              </ul>
            </section>
          )
        )
      })}
      <Paging start={filter.start ?? 0} count={shown.length} more={(data?.length ?? 0) > PAGE_SIZE} />
      {chosen.length > 0 && (
        <BulkBar chosen={chosen} acting={acting} act={act} onClear={() => setSelected(new Set())} />
      )}
      {helpOpen && <IncidentKeys onClose={() => setHelpOpen(false)} />}
    </Page>
  )
}

function Paging({ start, count, more }: { start: number; count: number; more: boolean }) {
  if (start === 0 && !more) return null
  const newer = Math.max(0, start - PAGE_SIZE)
  return (
    <nav aria-label="Pages" className={classes.paging}>
      {start > 0 && (
        <Button
          renderRoot={(props) => (
            <Link from="/incidents" search={(old) => ({ ...old, start: newer || undefined })} {...props} />
          )}
        >
          Newer
        </Button>
      )}
      <span className="dim small">{count > 0 && `${start + 1}–${start + count}`}</span>
      {more && (
        <Button
          renderRoot={(props) => (
            <Link from="/incidents" search={(old) => ({ ...old, start: start + PAGE_SIZE })} {...props} />
          )}
        >
          Older
        </Button>
      )}
    </nav>
  )
}

import { NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { alertSourcesQuery } from '../../data/alert-sources.ts'
import { type IncidentStatus, isFiltered, type ListFilter, type Priority, STATES } from '../../data/incident-filter.ts'
import { incidentCountQuery } from '../../data/incidents.ts'
import { STATE_WORDS } from '../../parts/State.tsx'
import classes from './Filters.module.css'

/** What is shown, all of it in the address. Any change begins at the first page again. */
export function Filters({ filter }: { filter: ListFilter }) {
  const navigate = useNavigate({ from: '/incidents' })
  const sources = useQuery(alertSourcesQuery)
  const change = (part: Partial<ListFilter>) =>
    navigate({ search: (old) => ({ ...old, ...part, start: undefined }), replace: true })

  return (
    <search className={classes.filters}>
      <fieldset className={classes.states}>
        <legend className="sr-only">States</legend>
        {STATES.map((state) => (
          <StateToggle key={state} state={state} filter={filter} onChange={(states) => change({ states })} />
        ))}
      </fieldset>
      <QueryInput query={filter.query ?? ''} onChange={(query) => change({ query: query || undefined })} />
      <NativeSelect
        aria-label="Alert source"
        value={filter.sources?.length === 1 ? String(filter.sources[0]) : ''}
        onChange={({ currentTarget: { value } }) => change({ sources: value ? [Number(value)] : undefined })}
        data={[
          { value: '', label: (filter.sources?.length ?? 0) > 1 ? `${filter.sources?.length} sources` : 'All sources' },
          ...(sources.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <NativeSelect
        aria-label="Priority"
        value={filter.priority ?? ''}
        onChange={({ currentTarget: { value } }) => change({ priority: (value || undefined) as Priority | undefined })}
        data={[
          { value: '', label: 'Any priority' },
          { value: 'HIGH', label: 'High priority' },
          { value: 'LOW', label: 'Low priority' },
        ]}
      />
      {isFiltered(filter) && (
        <Link to="/incidents" className={classes.clear}>
          Clear filters
        </Link>
      )}
    </search>
  )
}

interface StateToggleProps {
  state: IncidentStatus
  filter: ListFilter
  onChange: (states: IncidentStatus[] | undefined) => void
}

function StateToggle({ state, filter, onChange }: StateToggleProps) {
  const { data: count } = useQuery(incidentCountQuery([state], filter))
  const pressed = filter.states?.includes(state) ?? false
  const toggle = () => {
    const states = STATES.filter((each) => (each === state ? !pressed : filter.states?.includes(each)))
    onChange(states.length > 0 ? states : undefined)
  }
  return (
    <button type="button" className={classes.state} data-state={state} aria-pressed={pressed} onClick={toggle}>
      {STATE_WORDS[state]} <span className={classes.count}>{count ?? '–'}</span>
    </button>
  )
}

/** Follows the typing after a moment's pause, and the address when that changes by other means. */
function QueryInput({ query, onChange }: { query: string; onChange: (query: string) => void }) {
  const [text, setText] = useState(query)
  const changeSoon = useDebouncedCallback((value: string) => onChange(value.trim()), 250)
  useEffect(() => setText(query), [query])
  return (
    <TextInput
      className={classes.query}
      type="search"
      aria-label="Search incidents"
      placeholder="Summary, reference or key"
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value)
        changeSoon(value)
      }}
    />
  )
}

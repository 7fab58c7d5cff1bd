import { NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { carriersQuery } from '../../data/carriers.ts'
import { type DeliveryFilter, METHODS, OUTCOMES, parseDeliveryFilter } from '../../data/deliveries.ts'
import { fullName, usersQuery } from '../../data/users.ts'
import { METHODS as METHOD_WORDS } from '../users/preference-text.ts'
import classes from './DeliveriesPage.module.css'

/** What the log names as its provider though it is no carrier. */
const NO_CARRIERS = ['sandbox', 'cap', 'countries']

/** What is shown, all of it in the address. */
export function DeliveryFilters({ filter }: { filter: DeliveryFilter }) {
  const navigate = useNavigate({ from: '/deliveries' })
  const { data: users = [] } = useQuery(usersQuery)
  const { data: carriers = [] } = useQuery(carriersQuery)
  const change = (part: Record<string, unknown>) =>
    navigate({ search: (old) => parseDeliveryFilter({ ...old, ...part }), replace: true })
  const choice = (
    name: keyof DeliveryFilter,
    label: string,
    all: string,
    options: { value: string; label: string }[],
  ) => (
    <NativeSelect
      label={label}
      value={String(filter[name] ?? '')}
      onChange={({ currentTarget: { value } }) => change({ [name]: value })}
      data={[{ value: '', label: all }, ...options]}
    />
  )
  const providers = [...new Set([...carriers.map(({ name }) => name), ...NO_CARRIERS, filter.provider ?? ''])]
  return (
    <search className={classes.filters}>
      {choice(
        'user',
        'User',
        'Everybody',
        users.map((user) => ({ value: String(user.id), label: fullName(user) })),
      )}
      {choice(
        'method',
        'Channel',
        'All',
        METHODS.map((method) => ({ value: method, label: METHOD_WORDS[method] })),
      )}
      {choice(
        'provider',
        'Provider',
        'All',
        providers.filter(Boolean).map((name) => ({ value: name, label: name })),
      )}
      {choice(
        'outcome',
        'Outcome',
        'All',
        Object.entries(OUTCOMES).map(([value, label]) => ({ value, label })),
      )}
      <Typed
        label="Incident"
        placeholder="PROM-42"
        value={filter.incident}
        onChange={(incident) => change({ incident })}
      />
      <Typed label="Words" placeholder="In the reason" value={filter.text} onChange={(text) => change({ text })} />
      <Day label="From" instant={filter.from} shift={0} onChange={(from) => change({ from })} />
      <Day label="Until" instant={filter.until} shift={1} onChange={(until) => change({ until })} />
      {Object.keys(filter).length > 0 && (
        <Link to="/deliveries" className={classes.clear}>
          Clear filters
        </Link>
      )}
    </search>
  )
}

interface TypedProps {
  label: string
  placeholder: string
  value: string | undefined
  onChange: (value: string) => void
}

/** Follows the typing after a moment's pause, and the address when that changes by other means. */
function Typed({ label, placeholder, value = '', onChange }: TypedProps) {
  const [text, setText] = useState(value)
  const changeSoon = useDebouncedCallback((typed: string) => onChange(typed.trim()), 300)
  useEffect(() => setText(value), [value])
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        changeSoon(currentTarget.value)
      }}
    />
  )
}

interface DayProps {
  label: string
  instant: string | undefined
  /** Days between the day that is shown and the instant that begins what is meant: a last day ends with the next one. */
  shift: 0 | 1
  onChange: (instant: string | undefined) => void
}

/** A day in the zone of whoever looks; the address has the instant. */
function Day({ label, instant, shift, onChange }: DayProps) {
  return (
    <TextInput
      type="date"
      label={label}
      value={instant === undefined ? '' : dayOf(new Date(instant), -shift)}
      onChange={({ currentTarget: { value } }) => {
        const [year = 0, month = 0, day = 0] = value.split('-').map(Number)
        onChange(value === '' ? undefined : new Date(year, month - 1, day + shift).toISOString())
      }}
    />
  )
}

function dayOf(date: Date, shift: number): string {
  const day = new Date(date.getFullYear(), date.getMonth(), date.getDate() + shift)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

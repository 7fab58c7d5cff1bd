import { TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { IntegrationTypeInfo } from '../../../../api/schemas/integration-type.ts'
import { integrationTypesQuery } from '../../../data/integration-types.ts'
import { Empty } from '../../../parts/Notice.tsx'
import classes from './Gallery.module.css'

const CATEGORIES: Record<IntegrationTypeInfo['category'], string> = {
  own: 'Anything',
  metrics: 'Metrics',
  uptime: 'Uptime',
  logs: 'Logs',
  errors: 'Errors',
  cloud: 'Cloud',
  infrastructure: 'Infrastructure',
  development: 'Development',
  other: 'Other',
}

/** Every kind of alert source there is. Typing finds one by its name, or by what people call it. */
export function Gallery() {
  const { data: types } = useSuspenseQuery(integrationTypesQuery)
  const [search, setSearch] = useState('')
  const found = types.filter((type) => matches(type, search))
  const groups = Object.entries(CATEGORIES)
    .map(([category, title]) => ({ title, types: found.filter((type) => type.category === category) }))
    .filter((group) => group.types.length > 0)
  return (
    <>
      <TextInput
        type="search"
        label="What reports?"
        placeholder={`Search ${types.length} kinds: Prometheus, e-mail, webhook …`}
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        autoFocus
        mb="lg"
        maw={480}
      />
      <p className="sr-only" role="status">
        {search && `${found.length} found`}
      </p>
      {found.length === 0 && (
        <Empty title={`Nothing called “${search}”`}>
          <p>Whatever can post JSON, or send a mail, works all the same:</p>
          <p>
            <TypeLink type="JSON">a generic JSON webhook</TypeLink> with templates and rules of your own, or{' '}
            <TypeLink type="EMAIL">an e-mail address</TypeLink>.
          </p>
        </Empty>
      )}
      {groups.map(({ title, types: ofGroup }) => (
        <section key={title} aria-label={title} className={classes.group}>
          <h2 className={classes.title}>{title}</h2>
          <ul className={classes.types}>
            {ofGroup.map(({ type, name, about }) => (
              <li key={type} className={classes.type}>
                <TypeLink type={type}>{name}</TypeLink>
                <span className={classes.about}>{about}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function TypeLink({ type, children }: { type: string; children: string }) {
  return (
    <Link to="/alert-sources/new" search={{ type }} className={classes.link}>
      {children}
    </Link>
  )
}

function matches({ type, name, about, keywords }: IntegrationTypeInfo, search: string): boolean {
  const text = [type, name, about, ...keywords].join(' ').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

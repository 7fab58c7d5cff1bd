import { Checkbox, Input, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { AlertSource } from '../../../api/schemas/alert-source.ts'
import classes from './MaintenanceForm.module.css'

interface SourcePickerProps {
  sources: Pick<AlertSource, 'id' | 'name' | 'shortName'>[]
  /** Ids. */
  value: number[]
  onChange: (ids: number[]) => void
  error?: ReactNode
}

/** So many are seen at a glance. */
const WITHOUT_SEARCH = 8

/** Several alert sources: a list to tick, with a search where it is long. */
export function SourcePicker({ sources, value, onChange, error }: SourcePickerProps) {
  const [search, setSearch] = useState('')
  const found = sources.filter(({ name, shortName }) => `${name} ${shortName}`.toLowerCase().includes(wanted(search)))
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.legend}>Alert sources</legend>
      {sources.length > WITHOUT_SEARCH && (
        <TextInput
          type="search"
          aria-label="Search alert sources"
          placeholder="Name or short name"
          mb={8}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          // Not the form is meant.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
      )}
      <div className={classes.sources}>
        {found.map(({ id, name, shortName }) => (
          <Checkbox
            key={id}
            label={
              <>
                {name} <span className="mono dim">{shortName}</span>
              </>
            }
            checked={value.includes(id)}
            aria-invalid={Boolean(error)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...value, id] : value.filter((each) => each !== id))
            }
          />
        ))}
        {found.length === 0 && <span className="dim">No alert source is called that.</span>}
      </div>
      {sources.length > WITHOUT_SEARCH && (
        <p className={classes.chosen} aria-live="polite">
          {value.length === 0 ? 'None chosen' : `Chosen: ${namesOf(value, sources)}`}
        </p>
      )}
      {error && <Input.Error mt={4}>{error}</Input.Error>}
    </fieldset>
  )
}

const wanted = (search: string) => search.trim().toLowerCase()

/** Also of those that the search hides. */
function namesOf(ids: number[], sources: SourcePickerProps['sources']): string {
  return sources
    .filter(({ id }) => ids.includes(id))
    .map(({ name }) => name)
    .join(', ')
}

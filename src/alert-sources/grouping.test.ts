import { describe, it } from 'vitest'
import type { GroupingMode } from './config.ts'
import { aConfig, anEvent, MINUTE, NOON } from './event.fixtures.ts'
import type { InboundEvent } from './event.ts'
import { findGroup, groupKey, type OpenIncident } from './grouping.ts'

interface Opened extends OpenIncident {
  by: Partial<InboundEvent>
  /** Minutes before the event that is being grouped. */
  ago: number
}

const pending = (number: number, by: Partial<InboundEvent> = {}, ago = 1): Opened => ({
  number,
  status: 'PENDING',
  by,
  ago,
})
const accepted = (number: number, by: Partial<InboundEvent> = {}, ago = 1): Opened => ({
  ...pending(number, by, ago),
  status: 'ACCEPTED',
})

/** The number of the open incident that the event belongs to; null: it opens its own. */
function groupOf(grouping: GroupingMode, event: Partial<InboundEvent>, open: Opened[], eventId = 'event-1') {
  const config = aConfig({ grouping })
  const keyOf = (given: Partial<InboundEvent>, id: string) => groupKey(anEvent(given), id, config)
  const newestFirst = open.toSorted((a, b) => a.ago - b.ago)
  const found = findGroup(
    keyOf(event, eventId),
    config,
    {
      byKey: (key) => newestFirst.find(({ by, number }) => keyOf(by, `opener of ${number}`) === key) ?? null,
      newest: ({ pendingOnly, openedAfter }) =>
        newestFirst.find(
          ({ status, ago }) => (!pendingOnly || status === 'PENDING') && NOON - ago * MINUTE > openedAfter,
        ) ?? null,
    },
    NOON,
  )
  return found?.number ?? null
}

const modes: GroupingMode[] = ['every-event', 'by-summary', 'one-pending', 'one-open', 'time-window']

describe('an event with a key', () => {
  it.for(modes)('belongs to the open incident of its key, whatever the mode: %s', (mode, { expect }) => {
    const open = [pending(1, { key: 'db-1' }, 60), pending(2, { key: 'db-2' }, 1)]
    expect(groupOf(mode, { key: 'db-1' }, open)).toBe(1)
  })

  it('belongs to an accepted one, too', ({ expect }) => {
    expect(groupOf('every-event', { key: 'db-1' }, [accepted(1, { key: 'db-1' })])).toBe(1)
    expect(groupOf('one-pending', { key: 'db-1' }, [accepted(1, { key: 'db-1' })])).toBe(1)
  })

  it('compares it without regard to case and outer white space', ({ expect }) => {
    expect(groupOf('every-event', { key: ' DB-1 ' }, [pending(1, { key: 'db-1' })])).toBe(1)
  })

  it('opens its own where only the summary is the same, even by summary', ({ expect }) => {
    expect(groupOf('by-summary', { key: 'db-1' }, [pending(1)])).toBeNull()
    expect(groupOf('by-summary', { key: 'db-1' }, [pending(1, { key: 'db-2' })])).toBeNull()
  })

  it('belongs to it by its key, which other events do not', ({ expect }) => {
    const open = { byKey: (key: string) => (key === 'key:db-1' ? pending(1) : null), newest: () => pending(2) }
    const config = aConfig({ grouping: 'one-open' })
    expect(findGroup('key:db-1', config, open, NOON)).toMatchObject({ number: 1, by: 'key' })
    expect(findGroup('key:db-2', config, open, NOON)).toMatchObject({ number: 2, by: 'mode' })
    expect(findGroup('key:db-2', { ...config, grouping: 'every-event' }, open, NOON)).toBeNull()
  })

  it('is not taken for a summary or an event that reads the same', ({ expect }) => {
    expect(groupOf('by-summary', { key: 'disk full on db-1' }, [pending(1)])).toBeNull()
    expect(groupOf('every-event', { key: 'event-1' }, [pending(1)], 'event-1')).toBeNull()
  })
})

describe('an event without a key', () => {
  it('opens its own incident', ({ expect }) => {
    expect(groupOf('every-event', {}, [pending(1)])).toBeNull()
  })

  it('that is delivered twice belongs to the incident that it opened', ({ expect }) => {
    expect(groupOf('every-event', {}, [pending(1)], 'opener of 1')).toBe(1)
  })

  it('belongs, by summary, to the open incident with the same one', ({ expect }) => {
    expect(groupOf('by-summary', { summary: ' DISK full on db-1' }, [accepted(1)])).toBe(1)
    expect(groupOf('by-summary', { summary: 'Disk full on db-2' }, [pending(1)])).toBeNull()
  })

  it('belongs, with one pending, to the newest pending incident', ({ expect }) => {
    expect(groupOf('one-pending', {}, [pending(1, {}, 60), accepted(2, {}, 1)])).toBe(1)
    expect(groupOf('one-pending', {}, [pending(1, {}, 60), pending(2, {}, 5)])).toBe(2)
    expect(groupOf('one-pending', {}, [accepted(1)])).toBeNull()
  })

  it('belongs, with one open, to the newest open incident', ({ expect }) => {
    expect(groupOf('one-open', {}, [pending(1, {}, 60), accepted(2, {}, 1)])).toBe(2)
    expect(groupOf('one-open', {}, [])).toBeNull()
  })

  it('belongs, in a time window, to the newest open incident that began in it', ({ expect }) => {
    expect(groupOf('time-window', {}, [accepted(1, {}, 9)])).toBe(1)
    expect(groupOf('time-window', {}, [pending(1, {}, 9), pending(2, {}, 2)])).toBe(2)
    expect(groupOf('time-window', {}, [pending(1, {}, 11)])).toBeNull()
  })
})

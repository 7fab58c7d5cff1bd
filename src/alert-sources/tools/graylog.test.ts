import { describe, expect, it } from 'vitest'
import { graylog } from './graylog.ts'
import { eventsOf } from './reading.fixtures.ts'
import { Unreadable } from './tool.ts'

const event = {
  message: 'Failed sign-ins: jane',
  key_tuple: ['jane'],
  key: 'jane',
  priority: 3,
  fields: { user: 'jane' },
}
const definition = {
  event_definition_id: 'd1',
  event_definition_title: 'Failed sign-ins',
  event_definition_description: 'More than 10',
}

describe("Graylog's HTTP notification", () => {
  it('is one incident for each definition and key', async () => {
    expect(await eventsOf(graylog, { ...definition, event, backlog: [] })).toMatchObject([
      {
        ...{ type: 'ALERT', key: 'd1/jane', summary: 'Failed sign-ins: jane', details: 'More than 10', severity: 2 },
        labels: { severity: 'high', user: 'jane' },
      },
    ])
  })

  it.each([
    [{ key_tuple: [], key: '' }, 'd1'],
    [{ key_tuple: [], key: null, group_by_fields: { host: 'web-1' } }, 'd1/web-1'],
    [{ key_tuple: ['a', 'b'], key: 'a|b' }, 'd1/a/b'],
  ])('has its key of %o', async (fields, key) => {
    expect(await eventsOf(graylog, { ...definition, event: { ...event, ...fields } })).toMatchObject([{ key }])
  })

  it.each([
    [1, 4],
    [2, 3],
    [4, 1],
    ['3', 2],
    [7, null],
  ])('has priority %s as severity %s', async (priority, severity) => {
    expect(await eventsOf(graylog, { ...definition, event: { ...event, priority } })).toMatchObject([{ severity }])
  })

  it('names the definition where the message does not', async () => {
    const body = { ...definition, event: { ...event, message: 'count()=12' } }
    expect(await eventsOf(graylog, body)).toMatchObject([{ summary: 'Failed sign-ins: count()=12' }])
  })

  it('is nothing else', async () => {
    await expect(eventsOf(graylog, { event: {} })).rejects.toThrow(Unreadable)
  })
})

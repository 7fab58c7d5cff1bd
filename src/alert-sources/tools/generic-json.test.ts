import { describe, it } from 'vitest'
import { genericJson } from './generic-json.ts'
import { Unreadable } from './tool.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const read = (body: object) => readOne(genericJson, body)

describe('a generic JSON webhook', () => {
  it.for([
    [{ status: 'firing' }, 'ALERT'],
    [{ status: 'Resolved' }, 'RESOLVE'],
    [{ state: 'OK' }, 'RESOLVE'],
    [{ action: 'ack' }, 'ACCEPT'],
    [{ firing: false }, 'RESOLVE'],
    // The kind of an event is no state.
    [{ event_type: 'disk', status: 'resolved' }, 'RESOLVE'],
    [{ eventType: 'monitor', action: 'acknowledged' }, 'ACCEPT'],
    [{}, 'ALERT'],
  ] as const)('reads %j as %s', ([fields, type], { expect }) => {
    expect(read({ summary: 'Disk full', key: 'k', ...fields })).toMatchObject({ type, key: 'k' })
  })

  it('knows the usual names of its fields', ({ expect }) => {
    expect(
      read({
        title: 'Disk full',
        dedupKey: 7,
        level: 'critical',
        web_url: 'https://x.example.com',
        labels: { team: 'db' },
      }),
    ).toMatchObject({
      ...{ summary: 'Disk full', key: '7', severity: 'critical', labels: { team: 'db' } },
      links: [{ href: 'https://x.example.com' }],
    })
  })

  it('takes a list of objects, and nothing else in it', ({ expect }) => {
    expect(genericJson.read(requestOf([{ summary: 'a' }, { summary: 'b' }])).events).toHaveLength(2)
    expect(genericJson.read(requestOf([]))).toEqual({ events: [], ignored: 'the list is empty' })
    expect(() => genericJson.read(requestOf([{ summary: 'a' }, 2]))).toThrow(Unreadable)
  })
})

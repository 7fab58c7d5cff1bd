import { describe, expect, it } from 'vitest'
import { keep } from './keep.ts'
import { readOne } from './tool-request.fixtures.ts'

describe('iLert’s event at a tool’s address', () => {
  it('is read whole', () => {
    const body = {
      eventType: 'ALERT',
      summary: 'Queue too long',
      details: 'For ten minutes',
      alertKey: 'q-1',
      priority: 'LOW',
      severity: 2,
      links: [{ href: 'https://keep.example.com', text: 'Keep' }],
      comments: [{ creator: 'Ann', content: 'Again?' }, { creator: 'Bob' }],
      labels: { team: 'shop' },
      routingKey: 'ops',
    }
    expect(readOne(keep, body)).toMatchObject({
      ...{ type: 'ALERT', key: 'q-1', summary: 'Queue too long', details: 'For ten minutes' },
      ...{ priority: 'LOW', severityLevel: 2, links: body.links },
      comments: [{ creator: 'Ann', content: 'Again?' }],
      labels: { team: 'shop', routingKey: 'ops' },
    })
  })

  it.each([
    ['accept', 'ACCEPT'],
    ['accepted', 'ACCEPT'],
    ['RESOLVE', 'RESOLVE'],
    ['Comment', 'COMMENT'],
  ])('takes %j in any case', (eventType, type) => {
    expect(readOne(keep, { eventType, incidentKey: 'old' })).toMatchObject({ type, key: 'old' })
  })

  it('is a problem where it only says something', () => {
    expect(readOne(keep, { summary: 'Something' }).type).toBe('ALERT')
  })

  it('tolerates the nulls and the wrong types that clients send', () => {
    const body = {
      eventType: 'ALERT',
      summary: 'x',
      alertKey: null,
      priority: 7,
      links: {},
      labels: [],
      comments: null,
    }
    expect(readOne(keep, body)).toMatchObject({ key: null, priority: null, links: [], comments: [] })
  })

  it('shows nobody the integration key', () => {
    const body = { eventType: 'ALERT', summary: 'x', apiKey: 's3cret', integrationKey: 's3cret' }
    expect(JSON.stringify(readOne(keep, body))).not.toContain('s3cret')
  })

  it('says that the event’s type is missing or none', () => {
    expect(() => readOne(keep, {})).toThrow(/eventType/)
    expect(() => readOne(keep, { eventType: 'constructor', summary: 'x' })).toThrow(/eventType/)
  })
})

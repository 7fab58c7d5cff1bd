import { describe, it } from 'vitest'
import { LIMITS } from '../limits.ts'
import type { InboundEvent } from './event.ts'
import { parseEvent } from './event-body.ts'

const minimal = { integrationKey: 'key', eventType: 'ALERT', summary: 'Disk full on db-1' }

function parsed(given: object): InboundEvent {
  const result = parseEvent(JSON.stringify({ ...minimal, ...given }))
  if ('problem' in result) throw new Error(result.problem.message)
  return result.event
}

function problemOf(given: object) {
  const result = parseEvent(JSON.stringify({ ...minimal, ...given }))
  return 'problem' in result ? result.problem : null
}

describe('the body of an event', () => {
  it('is read in full', ({ expect }) => {
    const body = {
      integrationKey: 'key',
      eventType: 'ALERT',
      summary: ' Disk full on db-1 ',
      details: 'Nothing left',
      alertKey: ' db-1 ',
      priority: 'LOW',
      severity: 2,
      images: [{ src: 'https://example.com/a.png', href: 'https://example.com', alt: 'A graph' }],
      links: [{ href: 'https://example.com/run', text: 'Runbook' }],
      comments: [{ creator: 'Nagios', content: 'Seen twice' }],
      labels: { host: 'db-1', cores: 8, prod: true },
      customDetails: { any: ['thing', { at: 'all' }] },
    }
    expect(parseEvent(JSON.stringify(body))).toEqual({
      integrationKey: 'key',
      event: {
        type: 'ALERT',
        key: 'db-1',
        summary: 'Disk full on db-1',
        details: 'Nothing left',
        priority: 'LOW',
        severity: 2,
        images: body.images,
        links: body.links,
        comments: body.comments,
        labels: { host: 'db-1', cores: '8', prod: 'true' },
        customDetails: body.customDetails,
      },
    })
  })

  it('may have the old names', ({ expect }) => {
    const old = { apiKey: 'old', eventType: 'RESOLVE', incidentKey: 'db-1' }
    expect(parseEvent(JSON.stringify(old))).toMatchObject({
      integrationKey: 'old',
      event: { type: 'RESOLVE', key: 'db-1' },
    })
  })

  it('may have both names: the new ones count, unless they are empty', ({ expect }) => {
    const both = { apiKey: 'old', integrationKey: 'new', incidentKey: 'old-1', alertKey: 'new-1' }
    expect(parseEvent(JSON.stringify({ ...minimal, ...both }))).toMatchObject({
      integrationKey: 'new',
      event: { key: 'new-1' },
    })
    expect(parseEvent(JSON.stringify({ ...minimal, ...both, integrationKey: '', alertKey: ' ' }))).toMatchObject({
      integrationKey: 'old',
      event: { key: 'old-1' },
    })
  })

  it('takes nulls for absent', ({ expect }) => {
    const nulls = {
      apiKey: null,
      details: null,
      incidentKey: null,
      alertKey: null,
      priority: null,
      severity: null,
      images: null,
      links: null,
      comments: null,
      labels: null,
      customDetails: null,
    }
    expect(parsed(nulls)).toEqual(parsed({}))
    expect(parsed(nulls)).toMatchObject({ key: null, details: null, images: [], links: [], comments: [], labels: {} })
  })

  it('takes nulls inside for absent', ({ expect }) => {
    const inside = {
      images: [{ src: 'https://example.com/a.png', href: null, alt: null }],
      links: [{ href: 'https://example.com', text: null }],
      comments: [{ creator: null, content: 'Seen' }],
      labels: { host: 'db-1', rack: null },
    }
    expect(parsed(inside)).toMatchObject({
      images: [{ src: 'https://example.com/a.png' }],
      links: [{ href: 'https://example.com' }],
      comments: [{ creator: 'the alert source', content: 'Seen' }],
      labels: { host: 'db-1' },
    })
    expect(parsed(inside).labels).not.toHaveProperty('rack')
  })

  it('needs no key where the address has one', ({ expect }) => {
    const body = { eventType: 'ALERT', summary: 'Disk full on db-1' }
    expect(parseEvent(JSON.stringify(body), 'of-the-address')).toMatchObject({ integrationKey: 'of-the-address' })
    expect(parseEvent(JSON.stringify({ ...body, apiKey: 'of-the-body' }), 'of-the-address')).toMatchObject({
      integrationKey: 'of-the-address',
    })
  })

  it('keeps the routing key as a label, for rules', ({ expect }) => {
    expect(parsed({ routingKey: ' database ', labels: { host: 'db-1' } }).labels).toEqual({
      host: 'db-1',
      routingKey: 'database',
    })
    expect(parsed({ routingKey: null }).labels).toEqual({})
  })

  it('may hold what nothing here needs', ({ expect }) => {
    const logs = [{ timestamp: 1, level: 'ERROR', body: 'x', labels: {} }]
    expect(parsed({ logs, services: [{ alias: 'shop' }] })).toEqual(parsed({}))
  })

  it('takes the event type in any case, and fields it does not know', ({ expect }) => {
    expect(parsed({ eventType: 'alert', unknown: { field: 1 } }).type).toBe('ALERT')
  })

  it('needs no summary but for ALERT', ({ expect }) => {
    for (const eventType of ['ACCEPT', 'RESOLVE', 'COMMENT']) {
      expect(parsed({ eventType, summary: null }).summary).toBe(eventType)
      expect(parsed({ eventType, summary: ' ' }).summary).toBe(eventType)
    }
  })

  it('with an empty key has none', ({ expect }) => {
    expect(parsed({ alertKey: '' }).key).toBeNull()
    expect(parsed({ incidentKey: '  ' }).key).toBeNull()
  })
})

describe('a body that is wrong', () => {
  it.for(['', '{', 'summary=x', '{"a":1}}', "{'a':1}"])('is no JSON: %j', (text, { expect }) => {
    expect(parseEvent(text)).toEqual({ problem: { message: 'The body is not valid JSON.' } })
  })

  it.for(['[]', 'null', '"ALERT"', '1'])('is no object: %s', (text, { expect }) => {
    expect(parseEvent(text)).toEqual({ problem: { message: 'The body must be a JSON object.' } })
  })

  const wrong: [field: string, given: object][] = [
    ['apiKey', { apiKey: 1 }],
    ['integrationKey', { integrationKey: ['key'] }],
    ['integrationKey', { integrationKey: null }],
    ['integrationKey', { integrationKey: '' }],
    ['eventType', { eventType: 'ALARM' }],
    ['eventType', { eventType: null }],
    ['eventType', { eventType: 1 }],
    ['summary', { summary: 1 }],
    ['summary', { summary: '' }],
    ['summary', { summary: '   ' }],
    ['summary', { summary: null }],
    ['details', { details: {} }],
    ['incidentKey', { incidentKey: 42 }],
    ['incidentKey', { incidentKey: 'x'.repeat(LIMITS.keyCharacters + 1) }],
    ['alertKey', { alertKey: 'x'.repeat(LIMITS.keyCharacters + 1) }],
    ['priority', { priority: 'URGENT' }],
    ['severity', { severity: 0 }],
    ['severity', { severity: 6 }],
    ['severity', { severity: 1.5 }],
    ['severity', { severity: '1' }],
    ['images', { images: {} }],
    ['images', { images: Array(LIMITS.imagesPerEvent + 1).fill({ src: 'https://example.com' }) }],
    ['images[0].src', { images: [{ href: 'https://example.com' }] }],
    ['images[1].alt', { images: [{ src: 'https://example.com' }, { src: 'https://example.com', alt: 1 }] }],
    ['links', { links: 'https://example.com' }],
    ['links', { links: Array(LIMITS.linksPerEvent + 1).fill({ href: 'https://example.com' }) }],
    ['links[0].href', { links: [{ text: 'Runbook' }] }],
    ['links[0].href', { links: [{ href: `https://example.com/${'x'.repeat(LIMITS.urlCharacters)}` }] }],
    ['comments', { comments: Array(LIMITS.commentsPerEvent + 1).fill({ content: 'x' }) }],
    ['comments[0].content', { comments: [{ creator: 'Nagios' }] }],
    ['labels', { labels: [] }],
    ['labels', { labels: Object.fromEntries(Array.from({ length: LIMITS.labelsPerEvent + 1 }, (_, at) => [at, 'x'])) }],
    ['labels.host', { labels: { host: {} } }],
    ['customDetails', { customDetails: 'text' }],
    ['customDetails', { customDetails: [] }],
  ]

  it.for(wrong)('names the field: %s', ([field, given], { expect }) => {
    const problem = problemOf(given)
    expect(problem?.field).toBe(field)
    expect(problem?.message).toContain(field)
  })

  it('says what is allowed', ({ expect }) => {
    expect(problemOf({ eventType: 'ALARM' })?.message).toBe('eventType: must be ALERT, ACCEPT, RESOLVE or COMMENT')
    expect(problemOf({ eventType: undefined })?.message).toBe('eventType: must be ALERT, ACCEPT, RESOLVE or COMMENT')
    expect(problemOf({ priority: 'URGENT' })?.message).toBe('priority: must be HIGH or LOW')
    for (const severity of [0, 6, 1.5, '1']) {
      expect(problemOf({ severity })?.message).toBe('severity: must be a whole number from 1 to 5')
    }
  })
})

describe('what is too long or not safe', () => {
  it('is cut, so that no alert is lost by it', ({ expect }) => {
    const event = parsed({
      summary: 'x'.repeat(5000),
      details: 'x'.repeat(100_000),
      comments: [{ content: 'x'.repeat(10_000) }],
      labels: { host: 'x'.repeat(1000) },
      links: [{ href: 'https://example.com', text: 'x'.repeat(1000) }],
      images: [{ src: 'https://example.com/a.png', alt: 'x'.repeat(1000) }],
    })
    expect(event.summary).toHaveLength(LIMITS.summaryCharacters)
    expect(event.summary).toMatch(/x…$/)
    expect(event.details).toHaveLength(LIMITS.detailsCharacters)
    expect(event.comments[0]?.content).toHaveLength(LIMITS.commentCharacters)
    for (const text of [event.labels.host, event.links[0]?.text, event.images[0]?.alt]) {
      expect(text).toHaveLength(LIMITS.labelCharacters)
    }
  })

  it('is not cut in the middle of a character', ({ expect }) => {
    const { summary } = parsed({ summary: '😀'.repeat(LIMITS.summaryCharacters) })
    expect(summary.isWellFormed()).toBe(true)
  })

  it('stays whole at the limit', ({ expect }) => {
    const summary = 'x'.repeat(LIMITS.summaryCharacters)
    expect(parsed({ summary }).summary).toBe(summary)
  })

  it.for([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>',
    'file:///etc/passwd',
    '//example.com',
    '/relative',
    'https://',
    'http://a b',
    '',
  ])('is dropped as a link: %j', (href, { expect }) => {
    const good = { href: 'https://example.com' }
    expect(parsed({ links: [{ href, text: 'Click' }, good] }).links).toEqual([good])
    expect(parsed({ images: [{ src: href }] }).images).toEqual([])
    expect(parsed({ images: [{ src: 'https://example.com/a.png', href }] }).images).toHaveLength(href ? 0 : 1)
  })

  it('does not reach the prototype of anything', ({ expect }) => {
    const text = `{"integrationKey":"key","eventType":"ALERT","summary":"x","labels":{"__proto__":"a","constructor":"b"},
      "customDetails":{"__proto__":{"polluted":true}},"__proto__":{"key":"c"}}`
    const result = parseEvent(text)
    expect('event' in result && result.event.key).toBeNull()
    expect('event' in result && Object.getPrototypeOf(result.event.labels)).toBe(Object.prototype)
    expect({}).not.toHaveProperty('polluted')
  })

  it('is refused where it is nested too deeply to be kept', ({ expect }) => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
    const parseNested = (depth: number) =>
      parseEvent(`{"integrationKey":"key","eventType":"ALERT","summary":"x","customDetails":${nested(depth)}}`)
    expect(parseNested(32)).toMatchObject({ event: { customDetails: JSON.parse(nested(32)) } })
    for (const depth of [33, 80_000]) {
      const result = parseNested(depth)
      expect('problem' in result && result.problem).toEqual({
        field: 'customDetails',
        message: 'customDetails: must not be nested deeper than 32 levels',
      })
    }
  })
})

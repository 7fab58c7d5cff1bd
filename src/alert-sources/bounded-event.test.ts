import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../limits.ts'
import {
  boundedEvent,
  boundedKey,
  boundedLabels,
  boundedSeverity,
  cutText,
  isWebAddress,
  oneLine,
} from './bounded-event.ts'
import { faultOf } from './tools/contract.fixtures.ts'

/** Half of one of two code units. */
const HALF = '\ud83d'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', HALF, `a${HALF}`, '🔥'.repeat(900), 'x'.repeat(5000), 'y'.repeat(70_000), '\u0000\r\n'),
)
const address = fc.oneof(fc.webUrl(), text, fc.constantFrom(`https://example.com/${'x'.repeat(3000)}`, 'javascript:x'))
const many = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 40 })

describe('whatever an event is made of', () => {
  const loose = fc.record({
    type: fc.constantFrom('ALERT' as const, 'ACCEPT' as const, 'RESOLVE' as const, 'COMMENT' as const),
    key: fc.option(text),
    summary: text,
    details: fc.option(text),
    priority: fc.constantFrom('HIGH' as const, 'LOW' as const, null, undefined),
    severity: fc.option(fc.oneof(fc.integer(), fc.double())),
    links: many(fc.record({ href: address, text: fc.option(text) })),
    images: many(fc.record({ src: address, href: fc.option(address), alt: fc.option(text) })),
    comments: many(fc.record({ creator: text, content: text })),
    labels: fc.dictionary(fc.oneof(text, fc.constantFrom('__proto__', 'constructor')), text, { maxKeys: 100 }),
    customDetails: fc.constant(null),
  })

  it('it keeps within its bounds', async () => {
    await fc.assert(
      fc.asyncProperty(loose, async (event) => {
        expect(faultOf(await boundedEvent(event))).toBeNull()
      }),
    )
  })

  it('bounding it again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(loose, async (event) => {
        const once = await boundedEvent(event)
        expect(await boundedEvent(once)).toEqual(once)
      }),
    )
  })
})

describe('a key', () => {
  it('is trimmed, and empty is none', async () => {
    expect(await boundedKey(' disk ')).toBe('disk')
    expect(await boundedKey('  ')).toBeNull()
    expect(await boundedKey(null)).toBeNull()
  })

  it('that is too long stays the same and no other’s', async () => {
    const long = 'k'.repeat(2000)
    const bounded = await boundedKey(`${long}1`)
    expect(bounded).toHaveLength(LIMITS.keyCharacters)
    expect(await boundedKey(`${long}1`)).toBe(bounded)
    expect(await boundedKey(`${long}2`)).not.toBe(bounded)
    expect(bounded?.slice(0, 100)).toBe(long.slice(0, 100))
  })

  it('is kept whole up to its bound', async () => {
    const longest = 'k'.repeat(LIMITS.keyCharacters)
    expect(await boundedKey(longest)).toBe(longest)
  })

  it('is not cut within a character', async () => {
    for (const shift of ['', 'x']) {
      const bounded = await boundedKey(shift + '🔥'.repeat(1000))
      expect(bounded?.isWellFormed()).toBe(true)
    }
  })
})

describe('a text', () => {
  it('is cut with an ellipsis, never within a character', () => {
    expect(cutText('abcdef', 6)).toBe('abcdef')
    expect(cutText('abcdef', 4)).toBe('abc…')
    expect(cutText('ab🔥🔥', 4)).toBe('ab…')
    expect(cutText(`a${HALF}b`, 10)).toBe('a\ufffdb')
  })

  it('on one line has no line breaks and nothing invisible', () => {
    expect(oneLine('  Disk\r\n full\t\u0000on\u001b[31m  db-1 ')).toBe('Disk full on [31m db-1')
  })
})

describe('an address', () => {
  it.each(['https://example.com', 'http://web-1:9090/graph?g0.expr=a b', 'HTTPS://example.com/ü'])('is %s', (href) => {
    expect(isWebAddress(href)).toBe(true)
  })

  it.each([
    '',
    'example.com',
    '//example.com',
    'ftp://example.com',
    'javascript:alert(1)',
    ' https://example.com',
    'https://',
    'https://exa mple.com',
    'https://example.com/\njavascript:x',
    `https://example.com/${HALF}`,
    `https://example.com/${'x'.repeat(LIMITS.urlCharacters)}`,
  ])('is not %j', (href) => {
    expect(isWebAddress(href)).toBe(false)
  })
})

it('a severity is a whole number from 1 to 5', () => {
  expect([0, 1, 5, 6, 2.5, Number.NaN, null, undefined].map(boundedSeverity)).toEqual([
    ...[null, 1, 5, null, null, null, null, null],
  ])
})

it('labels have no name that stands for a prototype', () => {
  const labels = boundedLabels(JSON.parse('{"__proto__": "x", "team": "shop"}'))
  expect(Object.getOwnPropertyNames(labels)).toEqual(['team'])
})

it('an event without a summary says at least what it is', async () => {
  expect(await boundedEvent({ type: 'RESOLVE', key: null, summary: ' ' })).toMatchObject({ summary: 'RESOLVE' })
})

describe('what no viewer of an incident may read', () => {
  const KEY = 'aeaaaaabaaa2zq5wlqrbcqq7k3xjvw5y'
  const at = `https://tocsin.example.com/api/events/${KEY}`

  it('is an integration key, wherever it is but in the key', async () => {
    const event = await boundedEvent({
      ...{ type: 'ALERT', key: KEY, summary: `sent to ${KEY.toUpperCase()}`, details: `a\n${KEY}` },
      links: [{ href: at, text: at }],
      images: [{ src: at, href: at, alt: at }],
      comments: [{ creator: KEY, content: at }],
      labels: { [KEY]: at, routingKey: 'web' },
      customDetails: { a: [{ b: `x${KEY}`, [KEY]: 1 }] },
    })
    expect(event.key).toBe(KEY)
    expect(JSON.stringify({ ...event, key: null }).toLowerCase()).not.toContain(KEY.slice(0, 10))
    expect(event).toMatchObject({
      links: [{ href: 'https://tocsin.example.com/api/events/***' }],
      labels: { routingKey: 'web' },
    })
  })

  it('is a credential in the custom details', async () => {
    const secrets = { apiKey: 'a', password: 'b', access_token: 4711, Authorization: ['c'], routing_key: { d: 'e' } }
    const kept = { name: 'db-1', tokens: 5, token: null, hash: 'd41d2222d41d2222d41d2222d41d2222', note: '{ "a": 1 }' }
    const { customDetails } = await boundedEvent({
      ...{ type: 'ALERT', key: null, summary: 'Disk full' },
      customDetails: { ...secrets, deep: [{ ...kept, Message: '{"password":"b","host":"db-1"}' }] },
    })
    expect(customDetails).toEqual({
      ...{ apiKey: '***', password: '***', access_token: '***', Authorization: '***', routing_key: '***' },
      deep: [{ ...kept, Message: '{"password":"***","host":"db-1"}' }],
    })
  })
})

it('custom details that grow too large as JSON are left out, and the details say so', async () => {
  const loose = {
    type: 'ALERT' as const,
    key: null,
    summary: 'Disk full',
    details: 'd'.repeat(LIMITS.detailsCharacters),
  }
  const event = await boundedEvent({ ...loose, customDetails: { output: '\u0001'.repeat(110_000) } })
  expect(event.customDetails).toBeNull()
  expect(event.details).toMatch(/ddd…\n\n\(Its custom details are left out/)
  expect(faultOf(event)).toBeNull()
  expect(await boundedEvent(event)).toEqual(event)
  expect(
    (await boundedEvent({ ...loose, customDetails: { output: 'x'.repeat(500_000) } })).customDetails,
  ).not.toBeNull()
})

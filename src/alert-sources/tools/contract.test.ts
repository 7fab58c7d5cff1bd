import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { LIMITS } from '../../limits.ts'
import { Broken, faultOf, readKept } from './contract.fixtures.ts'
import { mutations } from './fuzz.fixtures.ts'
import {
  amplified,
  type Named,
  partsOf,
  sampleRequest,
  strangeBodies,
  strangeParts,
} from './hostile-requests.fixtures.ts'
import { findTool, integrationTypeOf, TOOLS } from './index.ts'
import type { Tool } from './tool.ts'
import { toolRequest } from './tool-request.ts'

/** What holds for every tool. */

const ADDRESS = {
  url: 'https://tocsin.example.com/api/v1/events/tool/k3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3',
  origin: 'https://tocsin.example.com',
  key: 'k3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3',
}
/** Far from how long it takes; a reader that hangs is caught nevertheless. */
const HANG_MS = 60_000

describe('the registry', () => {
  it('finds each tool by each of its ids, and no two by the same', () => {
    const ids = TOOLS.flatMap(({ id, otherIds = [] }) => [id, ...otherIds])
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    for (const tool of TOOLS) {
      for (const id of [tool.id, ...(tool.otherIds ?? [])]) expect(findTool(id.toUpperCase())).toBe(tool)
    }
    expect(findTool('no-such-tool')).toBeUndefined()
    expect(findTool('constructor')).toBeUndefined()
  })

  it('gives each tool a type of its own', () => {
    expect(new Set(TOOLS.map(integrationTypeOf)).size).toBe(TOOLS.length)
  })
})

describe.each(TOOLS.map((tool) => [tool.id, tool] as const))('%s', (_, tool) => {
  it('has ids that can stand in an address, and says what it is', () => {
    expect(tool.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    for (const id of tool.otherIds ?? []) expect(id).toMatch(/^[a-z0-9]+([-_.][a-z0-9]+)*$/)
    expect(tool.name.trim()).not.toBe('')
    expect(tool.about).toMatch(/^.{20,250}[.!]$/)
    for (const keyword of tool.keywords ?? []) expect(keyword).toBe(keyword.toLowerCase().trim())
  })

  it('is set up with the real address, and with no host of somebody else', () => {
    const steps = tool.setup(ADDRESS)
    const snippets = steps.flatMap(({ snippet }) => snippet?.code ?? [])
    expect(snippets.some((code) => code.includes(ADDRESS.url) || code.includes(ADDRESS.key))).toBe(true)
    for (const { text } of steps) {
      expect(text).not.toMatch(/\n|^\s*[#>-]\s/)
      expect(text.trim()).not.toBe('')
    }
    const texts = [
      ...snippets,
      ...steps.map(({ text }) => text),
      tool.sample.body,
      ...Object.values(tool.sample.query ?? {}),
    ]
    expect(texts.flatMap(hostsOf).filter((host) => !isAllowed(host, tool))).toEqual([])
  })

  it('reads its sample as an alert that says what is wrong', async () => {
    const outcome = await readKept(tool, sampleRequest(tool))
    if ('unreadable' in outcome) throw new Error(outcome.unreadable)
    const alert = outcome.events.find(({ type }) => type === 'ALERT')
    expect(alert).toBeDefined()
    expect(alert?.summary).not.toBe('ALERT')
    expect(outcome.events.map(faultOf)).toEqual(outcome.events.map(() => null))
  })

  it('survives bodies that are nothing it sends', { timeout: HANG_MS }, () => expectKept(tool, strangeBodies(tool)))

  it('survives its sample with any part replaced', { timeout: HANG_MS }, () => expectKept(tool, strangeParts(tool)))

  it('does no more than its share for a body full of repetitions', { timeout: HANG_MS }, () =>
    expectKept(tool, amplified(tool)),
  )

  it('survives mutations of its sample', { timeout: HANG_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(mutations(tool), async (request) => {
        await readKept(tool, request)
      }),
      { numRuns: 100 },
    )
  })
})

describe.each(TOOLS.flatMap(({ id, signature }) => (signature ? [[id, signature] as const] : [])))(
  'the signature of %s',
  (id, { verify }) => {
    it('is not on a request that is not signed', async () => {
      const sample = sampleRequest(findTool(id) as Tool)
      const anything = ['', 'x', 'sha256=', `sha256=${'0'.repeat(64)}`, 'v1,', 'v1,AAAA', '\ud800', '0'.repeat(100_000)]
      for (const value of [null, ...anything]) {
        const request = { ...toolRequest(sample), header: () => value }
        expect(await verify(request, 'the secret')).toBe(false)
        expect(await verify(request, 'whsec_c2VjcmV0')).toBe(false)
        expect(await verify({ ...request, body: '' }, '')).toBe(false)
      }
    })
  },
)

describe.each(TOOLS.filter((tool) => tool.authenticate).map((tool) => [tool.id, tool] as const))('%s', (_, tool) => {
  it('lets in or refuses whoever has no signature, and asks nobody', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('Nothing is to be fetched'))
    for (const requests of [strangeBodies, strangeParts]) {
      for (const { name, request } of requests(tool)) {
        const message = await tool.authenticate?.(toolRequest(request))
        expect(message === null || typeof message === 'string', name).toBe(true)
      }
    }
    expect(fetched).not.toHaveBeenCalled()
    fetched.mockRestore()
  })
})

describe('the hostile requests', () => {
  const tool = TOOLS.find(({ id }) => id === 'json') as Tool

  it('reach inside of JSON, JSON in a text, forms and the query', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const names = partsOf({
      ...{ method: 'POST', headers, query: { q: '1' } },
      body: new URLSearchParams({ data: JSON.stringify({ a: [JSON.stringify({ b: 1 })] }) }).toString(),
    }).map(({ name }) => name)
    expect(names).toContain('body.data.a.0 as JSON.b')
    expect(names).toContain('query.q')
    expect(names).toContain('header content-type')
  })

  it.each<[string, Partial<Tool>]>([
    ['throws another error', { read: ({ body }) => JSON.parse(body).a.b }],
    [
      'loops',
      { read: ({ query }) => ({ events: Array.from({ length: 10_000 }, () => query.text('x') ?? []).flat() as [] }) },
    ],
    [
      'copies the whole request to each event',
      {
        read: (request) => {
          const payload = request.json()
          return {
            events: payload
              .list()
              .map(() => ({ type: 'ALERT' as const, key: null, summary: 'x', payload: { all: payload.value } })),
          }
        },
      },
    ],
  ])('find a reader that %s', async (_, fault) => {
    const broken = { ...tool, ...fault }
    await expect(
      (async () => {
        await expectKept(broken, strangeBodies(broken))
        await expectKept(broken, amplified({ ...broken, sample: { body: '[{"summary": "one"}]' } }))
      })(),
    ).rejects.toThrow(Broken)
  })

  it('are larger than what the door lets through', () => {
    const largest = Math.max(...[...strangeBodies(tool)].map(({ request }) => request.body.length))
    expect(largest).toBeGreaterThan(LIMITS.eventBodyBytes)
  })
})

async function expectKept(tool: Tool, requests: Iterable<Named>): Promise<void> {
  for (const { name, request } of requests) {
    try {
      await readKept(tool, request)
    } catch (error) {
      throw error instanceof Broken ? new Broken(`${name}: ${error.message}`) : error
    }
  }
}

function hostsOf(text: string): string[] {
  return [...text.matchAll(/https?:\/\/([^\s/'"`<>()\\,?#:]+)/g)].flatMap(([, host]) => host ?? [])
}

/** Those reserved for examples, names within a network, placeholders, and the maker's own, which its name tells. */
function isAllowed(host: string, { id, otherIds = [], name, keywords = [] }: Tool): boolean {
  if (/(^|\.)example(\.(com|org|net))?$|\.(local|internal|svc)$/.test(host) || !host.includes('.')) return true
  if (/[{}$%]/.test(host) || /^127\.|^10\.|^192\.168\./.test(host)) return true
  const words = [id, ...otherIds, name, ...keywords].flatMap((text) => text.toLowerCase().split(/[^a-z0-9]+/))
  return words.some((word) => word.length >= 3 && host.toLowerCase().includes(word))
}

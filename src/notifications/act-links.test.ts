import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { type ActClaims, linksFor, signActToken, verifyActToken } from './act-links.ts'
import { aRequest } from './paging.fixtures.ts'

const SECRET = 'a secret of the tests, long enough to be taken'
const DAY = 24 * 60 * 60_000

const claims = fc.record<ActClaims>({
  userId: fc.integer({ min: 1, max: 2 ** 31 }),
  incidentId: fc.option(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
  act: fc.constantFrom('accept', 'resolve', 'escalate'),
  expiresAt: fc.integer({ min: 0, max: 4e12 }),
  channel: fc.constantFrom('email', 'push', 'telegram'),
})

const aClaim: ActClaims = {
  userId: 1,
  incidentId: 5 * 2 ** 32 + 42,
  act: 'accept',
  expiresAt: 1_767_614_400_000,
  channel: 'email',
}

describe('a link that acts', () => {
  it('says what was signed, also when it has expired', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(claims, async (signed) => {
        const token = await signActToken(SECRET, signed)
        expect(token).toMatch(/^[\w.-]+$/)
        expect(await verifyActToken(SECRET, token)).toEqual(signed)
      }),
    )
  })

  it('never says anything else, whatever is changed', async ({ expect }) => {
    const token = await signActToken(SECRET, aClaim)
    const change = fc.tuple(fc.nat({ max: token.length - 1 }), fc.string({ maxLength: 2 }))
    await fc.assert(
      fc.asyncProperty(change, async ([at, characters]) => {
        const changed = token.slice(0, at) + characters + token.slice(at + 1)
        const read = await verifyActToken(SECRET, changed)
        if (changed.split('.')[0] !== token.split('.')[0]) expect(read).toBeNull()
        // Base64 has more than one spelling of the same signature.
        else expect([null, aClaim]).toContainEqual(read)
      }),
      { numRuns: 500 },
    )
  })

  it('can not be put together from two', async ({ expect }) => {
    const [mine = ''] = (await signActToken(SECRET, aClaim)).split('.')
    const [, theirs] = (await signActToken(SECRET, { ...aClaim, userId: 2 })).split('.')
    expect(await verifyActToken(SECRET, `${mine}.${theirs}`)).toBeNull()
  })

  it('of another deployment is refused', async ({ expect }) => {
    const token = await signActToken('a secret of another deployment, as long as ours', aClaim)
    expect(await verifyActToken(SECRET, token)).toBeNull()
  })

  it.for(['', '.', 'a.b', 'ü.ü', '!.!', 'W10.', `${'a'.repeat(1000)}.${'b'.repeat(1000)}`, 'undefined', '..'])(
    '%.20j is none',
    async (token, { expect }) => {
      expect(await verifyActToken(SECRET, token)).toBeNull()
    },
  )
})

describe('the links of a notification', () => {
  it('work for their user, incident and act, for a week and what is left of the day', async ({ expect }) => {
    const before = Date.now()
    const links = await linksFor(env, {
      id: '42-1-1-0',
      channel: 'EMAIL',
      target: 'ann@example.com',
      user: { userId: 7, name: 'Ann', language: 'en' },
      devices: [],
      code: 1,
      page: aRequest(),
    })
    expect(links.incident).toBe('https://tocsin.example.com/incidents/PROM-42')
    for (const act of ['accept', 'resolve', 'escalate'] as const) {
      const [, token = ''] = links[act].split('https://tocsin.example.com/act/')
      const read = await verifyActToken(env.SECRET, token)
      expect(read).toMatchObject({ userId: 7, incidentId: 42, act })
      expect(read?.expiresAt).toBeGreaterThanOrEqual(before + 7 * DAY)
      expect(read?.expiresAt).toBeLessThanOrEqual(Date.now() + 8 * DAY)
      // The same to the letter whenever it is asked for that day.
      expect(read?.expiresAt).toBe(Math.ceil((read?.expiresAt ?? 0) / DAY) * DAY)
    }
  })
})

import fc from 'fast-check'
import { describe, it } from 'vitest'
import { integrationKey, verifyIntegrationKey } from './integration-key.ts'
import { KEY_BEGINNING, looksLikeIntegrationKey, MAX_SOURCE_ID } from './key-format.ts'

const SECRET = 'a secret of the tests, long enough to be taken'
const sourceIds = fc.integer({ min: 1, max: MAX_SOURCE_ID })
const generations = fc.integer({ min: 1, max: 65_535 })

describe('an integration key', () => {
  it('is 32 characters that fit URLs and mailboxes, and says what was put in', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(sourceIds, generations, async (sourceId, generation) => {
        const key = await integrationKey(SECRET, sourceId, generation)
        expect(key).toMatch(/^[a-z2-7]{32}$/)
        expect(await verifyIntegrationKey(SECRET, key)).toEqual({ sourceId, generation })
      }),
    )
  })

  it('is told from other words by its structure', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(sourceIds, generations, async (sourceId, generation) => {
        const key = await integrationKey(SECRET, sourceId, generation)
        expect(key).toMatch(new RegExp(`^${KEY_BEGINNING}`))
        expect(looksLikeIntegrationKey(key.toUpperCase())).toBe(true)
      }),
    )
    for (const word of ['', 'd41d2222d41d2222d41d2222d41d2222', 'a'.repeat(32), `ae${'z'.repeat(30)}`]) {
      expect(looksLikeIntegrationKey(word)).toBe(false)
    }
  })

  it('is the same each time, and another one for each source and generation', async ({ expect }) => {
    const key = await integrationKey(SECRET, 5, 1)
    expect(await integrationKey(SECRET, 5, 1)).toBe(key)
    expect(await integrationKey(SECRET, 5, 2)).not.toBe(key)
    expect(await integrationKey(SECRET, 6, 1)).not.toBe(key)
  })

  it('is taken in any case, with white space around it', async ({ expect }) => {
    const key = await integrationKey(SECRET, 5, 1)
    const cased = fc.array(fc.boolean(), { minLength: 32, maxLength: 32 })
    await fc.assert(
      fc.asyncProperty(cased, async (upper) => {
        const mixed = [...key].map((character, at) => (upper[at] ? character.toUpperCase() : character)).join('')
        expect(await verifyIntegrationKey(SECRET, ` ${mixed}\n`)).toEqual({ sourceId: 5, generation: 1 })
      }),
    )
  })

  it('is refused with any character changed', async ({ expect }) => {
    const key = await integrationKey(SECRET, 5, 1)
    for (let at = 0; at < key.length; at++) {
      for (const other of 'abcdefghijklmnopqrstuvwxyz234567') {
        const changed = key.slice(0, at) + other + key.slice(at + 1)
        if (changed !== key) expect(await verifyIntegrationKey(SECRET, changed)).toBeNull()
      }
    }
  })

  it('of another deployment is refused', async ({ expect }) => {
    const key = await integrationKey('a secret of another deployment, as long as ours', 5, 1)
    expect(await verifyIntegrationKey(SECRET, key)).toBeNull()
  })

  it('is refused for a source that can not be', async ({ expect }) => {
    expect(await verifyIntegrationKey(SECRET, await integrationKey(SECRET, 0, 1))).toBeNull()
    expect(await verifyIntegrationKey(SECRET, await integrationKey(SECRET, MAX_SOURCE_ID + 1, 1))).toBeNull()
  })

  it('is nothing else', async ({ expect }) => {
    const key = await integrationKey(SECRET, 5, 1)
    for (const text of ['', key.slice(1), `${key}a`, `${key.slice(1)}1`, '😀'.repeat(16), '\u0000'.repeat(32)]) {
      expect(await verifyIntegrationKey(SECRET, text)).toBeNull()
    }
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z2-7]{32}$/), async (text) => {
        expect(await verifyIntegrationKey(SECRET, text)).toBeNull()
      }),
    )
  })
})

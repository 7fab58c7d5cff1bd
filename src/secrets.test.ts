import fc from 'fast-check'
import { describe, it } from 'vitest'
import { deriveSecret, hmacKey, sameSecret, sha256 } from './secrets.ts'

const SECRET = 'a secret of the tests, long enough to be taken'

describe('what is derived from the deployment’s secret', () => {
  it('is its own for each purpose and each deployment', async ({ expect }) => {
    const derived = await Promise.all([
      deriveSecret(SECRET, 'one'),
      deriveSecret(SECRET, 'two'),
      deriveSecret(`${SECRET}!`, 'one'),
    ])
    expect(new Set(derived).size).toBe(3)
    for (const text of derived) expect(text).toMatch(/^[0-9a-f]{64}$/)
    expect(await deriveSecret(SECRET, 'one')).toBe(derived[0])
  })

  it('is imported once, and can not be read back', async ({ expect }) => {
    expect(hmacKey(SECRET, 'one')).toBe(hmacKey(SECRET, 'one'))
    expect(hmacKey(SECRET, 'one')).not.toBe(hmacKey(SECRET, 'two'))
    expect((await hmacKey(SECRET, 'one')).extractable).toBe(false)
  })

  it('needs a secret of 32 characters, and says how to set it', async ({ expect }) => {
    await expect(deriveSecret('x'.repeat(31), 'one')).rejects.toThrow('wrangler secret put SECRET')
    await expect(deriveSecret('', 'one')).rejects.toThrow('wrangler secret put SECRET')
    const unset: { SECRET: string } = JSON.parse('{}')
    await expect(deriveSecret(unset.SECRET, 'one')).rejects.toThrow('wrangler secret put SECRET')
    await expect(deriveSecret('x'.repeat(32), 'one')).resolves.toHaveLength(64)
  })
})

describe('comparing secrets', () => {
  it('finds the same and only the same', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), async (a, b) => {
        expect(await sameSecret(a, b)).toBe(a === b)
        expect(await sameSecret(a, a)).toBe(true)
      }),
    )
  })
})

describe('a hash', () => {
  it('is SHA-256 in hexadecimal', async ({ expect }) => {
    // FIPS 180-2, appendix B.1.
    expect(await sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

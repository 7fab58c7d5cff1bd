import { describe, it } from 'vitest'
import { decrypt, encrypt } from './encryption.ts'

const SECRET = 'a secret that is long enough to be taken'

describe('a secret at rest', () => {
  it('comes back as it was, and never looks the same twice', async ({ expect }) => {
    const [one, other] = await Promise.all([encrypt(SECRET, 'x', 'päss 🔑'), encrypt(SECRET, 'x', 'päss 🔑')])
    expect(one).not.toBe(other)
    expect(one).not.toContain('päss')
    expect(await decrypt(SECRET, 'x', one)).toBe('päss 🔑')
  })

  it('is not read with another secret, for another purpose, or after a change', async ({ expect }) => {
    const encrypted = await encrypt(SECRET, 'x', 'abc')
    const changed = `${encrypted.slice(0, -4)}AAAA`
    await expect(decrypt(`${SECRET}!`, 'x', encrypted)).rejects.toThrow()
    await expect(decrypt(SECRET, 'y', encrypted)).rejects.toThrow()
    await expect(decrypt(SECRET, 'x', changed)).rejects.toThrow()
    await expect(decrypt(SECRET, 'x', encrypted.replace('v1.', 'v9.'))).rejects.toThrow('unknown key')
  })
})

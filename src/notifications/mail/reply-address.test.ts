import fc from 'fast-check'
import { describe, it } from 'vitest'
import { isReplyAddress, replyAddress, verifyReplyAddress } from './reply-address.ts'

const SECRET = 'a secret of the tests, long enough to be taken'
const claims = fc.record({
  userId: fc.integer({ min: 1, max: 2 ** 32 }),
  incidentId: fc.maxSafeInteger().map((id) => Math.abs(id)),
})

describe('a reply address', () => {
  it('says whom and what it is for, in any case of letters', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(claims, async (made) => {
        const address = await replyAddress(SECRET, 'alerts.example.com', made)
        expect(address).toMatch(/^re-[a-z2-7]{40}@alerts\.example\.com$/)
        expect(isReplyAddress(address)).toBe(true)
        expect(await verifyReplyAddress(SECRET, address.toUpperCase())).toEqual(made)
      }),
    )
  })

  it('can’t be changed in any character', async ({ expect }) => {
    const address = await replyAddress(SECRET, 'alerts.example.com', { userId: 7, incidentId: 2 ** 52 })
    for (let at = 3; at < 43; at++) {
      const other = address[at] === 'b' ? 'c' : 'b'
      expect(await verifyReplyAddress(SECRET, address.slice(0, at) + other + address.slice(at + 1))).toBeNull()
    }
  })

  it('is worth nothing under another secret', async ({ expect }) => {
    const address = await replyAddress(`${SECRET}!`, 'alerts.example.com', { userId: 7, incidentId: 42 })
    expect(await verifyReplyAddress(SECRET, address)).toBeNull()
  })

  it.for([
    '',
    '@',
    're-',
    're-@example.com',
    `re-${'a'.repeat(40)}@example.com`,
    `re-${'1'.repeat(40)}@example.com`,
    'x',
  ])('is not %s', async (text, { expect }) => {
    expect(await verifyReplyAddress(SECRET, text)).toBeNull()
  })
})

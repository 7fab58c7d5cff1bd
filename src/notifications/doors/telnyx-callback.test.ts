import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { callbackUrl, isOurCallback } from './telnyx-callback.ts'

const PATH = '/api/v1/carriers/telnyx/status'
const DAY = 24 * 60 * 60_000

describe('an address that Telnyx calls', () => {
  it('is ours as it was given out, for three days', async ({ expect }) => {
    const url = new URL(await callbackUrl(env, PATH, { user: '7', say: 'Platte „voll“ & heiß' }))
    expect(url.searchParams.get('say')).toBe('Platte „voll“ & heiß')
    expect(await isOurCallback(env, url, Date.now())).toBe(true)
    expect(await isOurCallback(env, url, Date.now() + 3 * DAY - 60_000)).toBe(true)
    expect(await isOurCallback(env, url, Date.now() + 3 * DAY + 60_000)).toBe(false)
  })

  it.for([
    ['user=7', 'user=8'],
    ['expires=', 'expires=9'],
    ['/status', '/voice'],
    ['signature=', 'signature=0'],
    [/signature=.*/, ''],
    [/$/, '&done=1'],
  ] as const)('is not ours with %s changed', async ([from, to], { expect }) => {
    const url = await callbackUrl(env, PATH, { user: '7' })
    expect(await isOurCallback(env, new URL(url.replace(from, to)), Date.now())).toBe(false)
  })
})

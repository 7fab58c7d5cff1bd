import { afterEach, describe, it, vi } from 'vitest'
import { confirmSns } from './sns-confirm.ts'

const URL = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=x'

describe('confirming a subscription', () => {
  afterEach(() => vi.restoreAllMocks())

  it('gets the address that SNS names', async ({ expect }) => {
    const fetch = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('<ConfirmSubscriptionResponse/>'))
    expect(await confirmSns(URL)).toBe(true)
    expect(fetch).toHaveBeenCalledWith(URL, expect.objectContaining({ redirect: 'manual' }))
  })

  it('says so where it failed', async ({ expect }) => {
    const fetch = vi.spyOn(globalThis, 'fetch')
    fetch.mockResolvedValueOnce(new Response('', { status: 400 }))
    expect(await confirmSns(URL)).toBe(false)
    fetch.mockResolvedValueOnce(new Response('', { status: 302, headers: { Location: 'http://169.254.169.254/' } }))
    expect(await confirmSns(URL)).toBe(false)
    fetch.mockRejectedValueOnce(new TypeError('network'))
    expect(await confirmSns(URL)).toBe(false)
  })

  it('calls nobody but SNS', async ({ expect }) => {
    const fetch = vi.spyOn(globalThis, 'fetch')
    expect(await confirmSns('https://sns.eu-west-1.amazonaws.com.example.com/')).toBe(false)
    expect(await confirmSns('http://sns.eu-west-1.amazonaws.com/')).toBe(false)
    expect(fetch).not.toHaveBeenCalled()
  })
})

import { describe, it } from 'vitest'
import { integrationKey } from '../integration-key.ts'
import { findRecipient } from './recipient.ts'

const SECRET = 'a secret of the tests, long enough to be taken'
const KEY = await integrationKey(SECRET, 42, 3)
const OTHER = await integrationKey(SECRET, 7, 1)

function find(to: string, headers: Record<string, string> = {}) {
  return findRecipient({ to, headers: new Headers(headers) }, SECRET)
}

describe('whom a mail is for', () => {
  it.for([
    [`${KEY}@alerts.example.com`, null],
    [`${KEY.toUpperCase()}@ALERTS.example.com`, null],
    [`${KEY}+prod-eu@alerts.example.com`, 'prod-eu'],
    [`${KEY}+a+b@alerts.example.com`, 'a+b'],
    [`${KEY}+@alerts.example.com`, null],
    [`alerts+${KEY}@example.com`, null],
    [`alerts+${KEY}+db@example.com`, 'db'],
  ] as const)('is in its envelope: %s', async ([to, subaddress], { expect }) => {
    expect(await find(to)).toEqual({ claims: { sourceId: 42, generation: 3 }, subaddress })
  })

  it.for([
    ['Delivered-To', `ops@example.com, ${KEY}+eu@alerts.example.com`],
    ['X-Forwarded-To', `${KEY}+eu@alerts.example.com`],
    ['X-Original-To', `<${KEY}+eu@alerts.example.com>`],
    ['To', `Ops <ops@example.com>, "On, call" <${KEY}+eu@alerts.example.com>`],
    ['Cc', `team: a@example.com, ${KEY}+eu@alerts.example.com;`],
  ] as const)('is in a forwarded mail’s %s', async ([name, value], { expect }) => {
    expect(await find('ops@example.com', { [name]: value })).toEqual({
      claims: { sourceId: 42, generation: 3 },
      subaddress: 'eu',
    })
  })

  it('is in its envelope first', async ({ expect }) => {
    const found = await find(`${KEY}@alerts.example.com`, { To: `${OTHER}@alerts.example.com` })
    expect(found?.claims.sourceId).toBe(42)
  })

  it.for(['', '@', KEY, `x${KEY}@a.example`, `${KEY.slice(1)}a@a.example`, 'ops@example.com'])(
    'is nobody of ours: "%s"',
    async (to, { expect }) => {
      expect(await find(to)).toBeNull()
    },
  )

  it('is looked for in so many places and no more', async ({ expect }) => {
    const many = `${'ops@example.com, '.repeat(100)}${KEY}@alerts.example.com`
    expect(await find('ops@example.com', { To: many })).toBeNull()
  })
})

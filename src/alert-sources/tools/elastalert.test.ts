import { describe, expect, it } from 'vitest'
import { elastalert } from './elastalert.ts'
import { eventsOf } from './reading.fixtures.ts'
import { Unreadable } from './tool.ts'

const match = {
  ...{ '@timestamp': '2026-01-15T09:30:00.000Z', message: 'No payment', level: 'ERROR', num_hits: 57 },
  host: { name: 'web-1' },
}

describe('a match of ElastAlert 2', () => {
  it('is one incident for each alert_key', async () => {
    const body = { ...match, rule_name: 'Checkout errors', alert_key: 'checkout' }
    expect(await eventsOf(elastalert, body)).toMatchObject([
      {
        ...{ type: 'ALERT', key: 'checkout', summary: 'Checkout errors: No payment', severity: 2 },
        ...{ labels: { severity: 'ERROR', rule: 'Checkout errors', host: 'web-1' }, customDetails: body },
      },
    ])
  })

  it('is one incident for each rule without it, and the address may say', async () => {
    const body = { ...match, rule_name: 'Checkout errors' }
    expect(await eventsOf(elastalert, body)).toMatchObject([{ key: 'Checkout errors' }])
    expect(await eventsOf(elastalert, body, { query: { key: 'shop' } })).toMatchObject([{ key: 'shop' }])
  })

  it('is an alert even as the bare document', async () => {
    expect(await eventsOf(elastalert, match)).toMatchObject([{ type: 'ALERT', key: null, summary: 'No payment' }])
    expect(await eventsOf(elastalert, { a: 1 })).toMatchObject([{ summary: 'A match of ElastAlert' }])
  })

  it('is no list', async () => {
    await expect(eventsOf(elastalert, [match])).rejects.toThrow(Unreadable)
  })
})

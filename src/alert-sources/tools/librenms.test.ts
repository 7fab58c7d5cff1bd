import { describe, expect, it } from 'vitest'
import { librenms } from './librenms.ts'
import { eventsOf } from './reading.fixtures.ts'

const options = { alert_id: '42', title: 'switch-3: "down"', severity: 'critical', hostname: 'switch-3', rule: 'Down' }

describe("LibreNMS' API transport", () => {
  it('has its fields in the options and its text in the body', async () => {
    expect(await eventsOf(librenms, 'Faults: #1', { query: { ...options, state: '1' } })).toMatchObject([
      {
        ...{ type: 'ALERT', key: '42', summary: 'switch-3: "down"', details: 'Faults: #1', severity: 1 },
        labels: { severity: 'critical', hostname: 'switch-3', rule: 'Down' },
      },
    ])
  })

  it.each([
    ['0', 'RESOLVE'],
    ['2', 'ACCEPT'],
    ['3', 'ALERT'],
    ['4', 'ALERT'],
    ['5', 'ALERT'],
  ])('has state %s as %s', async (state, type) => {
    expect(await eventsOf(librenms, '', { query: { ...options, state } })).toMatchObject([{ type, key: '42' }])
  })

  it('says which option is missing', async () => {
    await expect(eventsOf(librenms, '{}', { query: options })).rejects.toMatchObject({ field: 'state' })
    await expect(eventsOf(librenms, '{}')).rejects.toMatchObject({ field: 'state' })
  })
})

it("LibreNMS' ilert transport sends an event", async () => {
  const body = {
    integrationKey: 'k',
    eventType: 'ALERT',
    alertKey: '42',
    summary: 'Down',
    details: 'd',
    priority: 'LOW',
  }
  expect(
    await eventsOf(librenms, { ...body, links: [{ href: 'https://librenms.example.com/1', text: 'x' }] }),
  ).toMatchObject([
    { type: 'ALERT', key: '42', summary: 'Down', priority: 'LOW', links: [{ href: 'https://librenms.example.com/1' }] },
  ])
})

import { describe, expect, it } from 'vitest'
import { eventsOf } from './reading.fixtures.ts'
import { splunk } from './splunk.ts'
import { Unreadable } from './tool.ts'

const alert = {
  result: { host: 'web-1', count: '812', severity: 'high', list: ['a'] },
  sid: 'scheduler__1',
  results_link: 'http://splunk.example.com:8000/app/search/@go?sid=scheduler__1',
  search_name: 'Too many errors',
  owner: 'admin',
  app: 'search',
}

describe("Splunk's webhook action", () => {
  it('reports the search with its first result', async () => {
    expect(await eventsOf(splunk, alert)).toMatchObject([
      {
        ...{ type: 'ALERT', key: 'search/Too many errors', summary: 'Too many errors', severity: 2 },
        details: 'host: web-1\ncount: 812\nseverity: high',
        links: [{ href: alert.results_link, text: 'Results in Splunk' }],
        labels: { app: 'search', search: 'Too many errors', host: 'web-1' },
      },
    ])
  })

  it('lets the search tell incidents apart', async () => {
    const body = { ...alert, result: { ...alert.result, tocsin_key: 'web-1' } }
    expect(await eventsOf(splunk, body)).toMatchObject([{ key: 'search/Too many errors/web-1' }])
  })

  it('has no key for a search without a name', async () => {
    const body = { ...alert, search_name: null }
    expect(await eventsOf(splunk, body)).toMatchObject([{ key: null, summary: 'An alert of Splunk' }])
  })

  it('is nothing else', async () => {
    await expect(eventsOf(splunk, { hello: 'world' })).rejects.toThrow(Unreadable)
  })
})

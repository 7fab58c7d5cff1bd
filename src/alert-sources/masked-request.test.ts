import { describe, it } from 'vitest'
import { LIMITS } from '../limits.ts'
import { maskedRequest } from './masked-request.ts'

const KEY = 'aeaaaaabaaa2zq5wlqrbcqq7k3xjvw5y'

function masked(given: Partial<Parameters<typeof maskedRequest>[0]>) {
  return maskedRequest({ via: 'json', method: 'POST', headers: {}, query: {}, body: '', ...given })
}

describe('a request in the log', () => {
  it.for([
    [`{"routing_key":"${KEY}","event_action":"trigger"}`, '{"routing_key":"***","event_action":"trigger"}'],
    [
      '{"apiKey": "abc", "a": {"dbPassword":"x\\"y"}, "b": "kept"}',
      '{"apiKey": "***", "a": {"dbPassword":"***"}, "b": "kept"}',
    ],
    ['token=abc&summary=Disk+full&api-key=def', 'token=***&summary=Disk+full&api-key=***'],
    [`<event><apiKey>${KEY}</apiKey><payload/></event>`, '<event><apiKey>***</apiKey><payload/></event>'],
    [`see https://x.example.com/events/${KEY}?a=1`, 'see https://x.example.com/events/***?a=1'],
  ])('has no credentials: %s', ([body = '', shown], { expect }) => {
    expect(masked({ body }).body).toBe(shown)
  })

  it('shows few headers and no secret of the query', ({ expect }) => {
    const { headers, query } = masked({
      headers: { 'content-type': 'application/json', 'x-gitlab-token': 'abc', 'x-custom': '1' },
      query: { token: 'abc', summary: 'Disk full' },
    })
    expect(headers).toEqual({ 'content-type': 'application/json' })
    expect(query).toEqual({ token: '***', summary: 'Disk full' })
  })

  it('is cut where it is long, in the time of one look', ({ expect }) => {
    const body = `"${'secret'.repeat(200_000)}`
    expect(masked({ body }).body.length).toBeLessThanOrEqual(LIMITS.loggedPayloadCharacters)
  })
})

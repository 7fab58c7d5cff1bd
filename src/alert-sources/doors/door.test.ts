import { Hono } from 'hono'
import { expect, it } from 'vitest'
import type { Env } from '../../env.ts'
import { rawRequest, readBody } from './door.ts'

it('a request is kept without credentials and what the platform adds, but with what its sender proves itself by', async () => {
  const app = new Hono<{ Bindings: Env }>().post('/x', (c) => c.json(rawRequest(c, 'cloudflare', 'body')))
  const headers = {
    ...{ 'Content-Type': 'text/plain', 'X-Hub-Signature-256': 'sha256=0', 'CF-Webhook-Auth': 'the secret' },
    ...{
      Authorization: 'Bearer k',
      Cookie: 'session=1',
      'CF-Connecting-IP': '192.0.2.1',
      'X-Forwarded-For': '192.0.2.1',
    },
  }
  const response = await app.request('/x?q=1', { method: 'POST', headers, body: 'body' })
  expect(await response.json()).toEqual({
    ...{ via: 'cloudflare', method: 'POST', query: { q: '1' }, body: 'body' },
    headers: { 'content-type': 'text/plain', 'x-hub-signature-256': 'sha256=0', 'cf-webhook-auth': 'the secret' },
  })
})

it('a body is read with its byte order mark, which its signature is made over too', async () => {
  const sent = new TextEncoder().encode('\uFEFF{"ü": 1}')
  const read = await readBody(new Request('https://tocsin.example.com', { method: 'POST', body: sent }))
  expect('text' in read && new TextEncoder().encode(read.text)).toEqual(sent)
})

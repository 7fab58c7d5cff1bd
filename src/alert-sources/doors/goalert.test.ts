import { beforeEach, describe, it } from 'vitest'
import { FakeSource, TOO_MANY } from './door.fixtures.ts'
import { goAlertDoor } from './goalert.ts'

const PATH = '/api/v2/generic/incoming'
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

let source: FakeSource
beforeEach(async () => {
  source = await FakeSource.make()
})

const send = (path: string, body = '', headers: Record<string, string> = {}) =>
  goAlertDoor.request(`https://tocsin.example.com${path}`, { method: 'POST', body, headers }, source.env)

describe("GoAlert's generic API", () => {
  it.for([PATH, '/v1/api/alerts'])('answers 204 without a body at %s', async (path, { expect }) => {
    const response = await send(`${path}?token=${source.key}&summary=Disk+full`)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(source.events).toEqual([expect.objectContaining({ type: 'ALERT', summary: 'Disk full' })])
  })

  it('answers JSON to whom asks for it', async ({ expect }) => {
    const body = JSON.stringify({ summary: 'Disk full', dedup: 'disk' })
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
    const response = await send(`${PATH}?token=${source.key}`, body, headers)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ AlertID: 5 * 2 ** 32 + 42, ServiceID: '5', IsNew: true })
    source.results('no-open-incident')
    const closed = await send(`${PATH}?token=${source.key}&action=close&dedup=x`, '', { Accept: 'application/json' })
    expect(await closed.json()).toMatchObject({ AlertID: 0, IsNew: false })
  })

  it('finds its token in all places where GoAlert looks', async ({ expect }) => {
    for (const name of ['token', 'integrationKey', 'integration_key', 'key']) {
      expect((await send(`${PATH}?summary=a&${name}=${source.key}`)).status).toBe(204)
      expect((await send(PATH, `summary=a&${name}=${source.key}`, FORM)).status).toBe(204)
    }
    for (const authorization of [`Bearer ${source.key}`, `Basic ${btoa(`any:${source.key}`)}`]) {
      expect((await send(`${PATH}?summary=a`, '', { Authorization: authorization })).status).toBe(204)
    }
  })

  it('refuses in plain text', async ({ expect }) => {
    expect((await send(`${PATH}?summary=a`)).status).toBe(401)
    expect((await send(`${PATH}?summary=a&token=wrong`)).status).toBe(401)
    expect((await send(`${PATH}?summary=a`, '', { Authorization: 'Basic %%%' })).status).toBe(401)
    const wrong = await send(`${PATH}?token=${source.key}`)
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('summary is missing')])
    expect((await send(`${PATH}?token=${source.key}`, 'x'.repeat(600_000))).status).toBe(413)
    source.answers(TOO_MANY)
    const many = await send(`${PATH}?token=${source.key}&summary=a`)
    expect([many.status, many.headers.get('Retry-After')]).toEqual([429, '20'])
  })
})

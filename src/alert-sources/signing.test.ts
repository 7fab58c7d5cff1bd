import { describe, expect, it } from 'vitest'
import { encrypt } from '../encryption.ts'
import type { Delivery, RawRequest } from './delivery.ts'
import { anEvent } from './event.fixtures.ts'
import { isSigned, SIGNING_SECRET } from './signing.ts'
import { hmacHex } from './tools/reading.fixtures.ts'

const SECRET = 'a secret of the tests, long enough to be taken'
const BODY = '{"action":"completed"}'

async function signing() {
  return { tool: 'github', secret: await encrypt(SECRET, SIGNING_SECRET, 'shh') }
}

async function request(given: Partial<RawRequest> = {}): Promise<RawRequest> {
  const headers = { 'x-hub-signature-256': `sha256=${await hmacHex(BODY, 'shh')}` }
  return { via: 'github', method: 'POST', headers, query: {}, body: BODY, ...given }
}

function events(of: RawRequest | null): Extract<Delivery, { way: 'events' }> {
  return { way: 'events', events: [anEvent()], ignored: null, request: of }
}

describe('a source with a signing secret', () => {
  it('takes what its tool signed, and what we make ourselves', async () => {
    expect(await isSigned(events(await request()), await signing(), SECRET)).toBe(true)
    expect(await isSigned({ ...events(null), own: true }, await signing(), SECRET)).toBe(true)
  })

  it('takes nothing else, whichever way it comes', async () => {
    const mail = {} as Extract<Delivery, { way: 'email' }>['mail']
    const refused: Delivery[] = [
      events(await request({ body: '{}' })),
      events(await request({ headers: {} })),
      events(null),
      ...(await Promise.all(
        ['json', 'event-api', 'pagerduty-v2', 'opsgenie', 'grafana', ''].map(async (via) =>
          events(await request({ via })),
        ),
      )),
      { way: 'change', summary: 'Deployed', request: await request() },
      { way: 'sms', sms: { from: '+1', to: '+2', text: 'Disk full', messageId: '3' } },
      { way: 'email', mail },
    ]
    for (const delivery of refused) expect(await isSigned(delivery, await signing(), SECRET)).toBe(false)
  })

  it('takes nothing from outside where its tool is not known or does not sign', async () => {
    for (const tool of ['', 'prometheus']) {
      const delivery = events(await request({ via: tool }))
      expect(await isSigned(delivery, { ...(await signing()), tool }, SECRET)).toBe(false)
    }
  })
})

it('a source without one takes everything', async () => {
  expect(await isSigned(events(null), null, SECRET)).toBe(true)
})

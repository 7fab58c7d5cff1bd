import { afterEach, describe } from 'vitest'
import { type CarrierName, outage, posts, reachable, setUp, Telephone, tearDown, took } from './harness/carriers.ts'
import { MINUTE } from './harness/clock.ts'
import { settle } from './harness/settle.ts'
import { call, it, mail, type TestUser, type Tocsin } from './harness/tocsin.ts'

afterEach(tearDown)

const CARRIERS = ['twilio', 'telnyx'] as const satisfies CarrierName[]

/** Ann is called about the first; Bea is the next level. */
async function called(carrier: CarrierName, tocsin: Tocsin, language: 'en' | 'de', ...summaries: string[]) {
  await setUp(carrier)
  const ann = await reachable(tocsin, null, call(), mail(30))
  if (language === 'de') await tocsin.api.put(`/users/${ann.id}`, { ...(await userOf(tocsin, ann)), language })
  await settle()
  const bea = await tocsin.user('Bea')
  const source = await tocsin.source(await tocsin.policy([[ann], [bea]], { timeouts: [60, 60] }))
  for (const summary of summaries) await source.alert(summary)
  const [asked = {}] = await took(carrier)
  return { ann, bea, phone: new Telephone(carrier, tocsin, asked) }
}

function userOf(tocsin: Tocsin, { id }: TestUser): Promise<object> {
  return tocsin.api.get(`/users/${id}`)
}

async function resolveAll(tocsin: Tocsin): Promise<void> {
  const open = await tocsin.api.get<{ id: number; status: string }[]>('/incidents')
  for (const { id, status } of open) if (status !== 'RESOLVED') await tocsin.api.put(`/incidents/${id}/resolve`)
  await settle()
}

describe.for(CARRIERS)('a call through %s', (carrier) => {
  it('accepts with 1, and 0 repeats', async ({ tocsin, expect }) => {
    const { phone } = await called(carrier, tocsin, 'en', 'Disk full')
    expect((await phone.pickUp()).match(/Disk full\./g)).toHaveLength(2)
    expect(await phone.press('0')).toContain('Disk full.')
    expect(await phone.press('1')).toContain('Accepted SRC1-1')
    expect(phone.said).not.toContain('<Gather')
    await phone.ends('completed')
    expect((await tocsin.incident('SRC1-1')).status).toBe('ACCEPTED')
    expect((await tocsin.timeline('SRC1-1')).join()).toContain(`sent through ${carrier}`)
    await resolveAll(tocsin)
  })

  it('resolves with 2, and goes on with what else waits', async ({ tocsin, expect }) => {
    const { phone } = await called(carrier, tocsin, 'en', 'Disk full', 'Fan broken')
    await phone.pickUp()
    expect(await phone.press('2')).toMatch(/Resolved SRC1-1.*Next\..*Fan broken/)
    expect(await phone.press('1')).toContain('Accepted SRC1-2')
    expect((await tocsin.incident('SRC1-1')).status).toBe('RESOLVED')
    await resolveAll(tocsin)
  })

  it('escalates with 3', async ({ tocsin, expect }) => {
    const { bea, phone } = await called(carrier, tocsin, 'en', 'Disk full')
    await phone.pickUp()
    expect(await phone.press('3')).toContain('Escalated SRC1-1')
    await bea.getsMail('Disk full')
    await resolveAll(tocsin)
  })

  it('that a machine takes makes the next step due at once', async ({ tocsin, expect }) => {
    const { ann, phone } = await called(carrier, tocsin, 'en', 'Disk full')
    await phone.isTakenByAMachine()
    await ann.getsMail('Disk full')
    expect((await tocsin.timeline('SRC1-1')).join()).toContain('an answering machine took the call')
    await resolveAll(tocsin)
  })

  it('that nobody takes makes the next step due at once', async ({ tocsin, expect }) => {
    const { ann, phone } = await called(carrier, tocsin, 'en', 'Disk full')
    await phone.ends('no-answer')
    await ann.getsMail('Disk full')
    expect((await tocsin.timeline('SRC1-1')).join()).toContain('nobody took the call')
    await resolveAll(tocsin)
  })

  it('speaks German with who does', async ({ tocsin, expect }) => {
    const id = '3f2504e0-4f89-11d3-9a0c-0305e82c3301'
    const { phone } = await called(carrier, tocsin, 'de', `Platte voll ${id}`, 'Lüfter defekt')
    expect(await phone.pickUp()).toContain('Platte voll. Drücken Sie 1 zum Annehmen')
    expect(phone.said).not.toContain('3f2504e0')
    expect(phone.said).toContain('language="de-DE"')
    expect(await phone.press('7')).toContain('Drücken Sie 1 zum Annehmen, 2 zum Lösen, 3 zum Eskalieren.')
    expect(await phone.press('1')).toMatch(/SRC1-1 angenommen\..*Der nächste\..*Lüfter defekt/)
    expect(await phone.press('2')).toMatch(/SRC1-2 gelöst\..*Auf Wiederhören/)
    expect(phone.said).not.toContain('en-GB')
    await resolveAll(tocsin)
  })

  it('does nothing where it is forged, or another address is called', async ({ tocsin, expect }) => {
    const { phone } = await called(carrier, tocsin, 'en', 'Disk full')
    await phone.pickUp()
    const pressed = { CallSid: 'CA1', Digits: '1' }
    for (const forgery of [{ signature: '' }, { signature: btoa('x'.repeat(64)) }, { body: 'CallSid=CA1&Digits=2' }])
      expect((await posts(carrier, tocsin, phone.next, pressed, forgery)).status).toBe(403)
    if (carrier === 'telnyx') {
      const old = { timestamp: String(Math.floor((Date.now() - 6 * MINUTE) / 1_000)) }
      expect((await posts(carrier, tocsin, phone.next, pressed, old)).status).toBe(403)
      const other = phone.next.replace(/user=\d+/, 'user=1')
      expect((await posts(carrier, tocsin, other, pressed)).status).toBe(403)
    }
    expect((await tocsin.incident('SRC1-1')).status).toBe('PENDING')
    await resolveAll(tocsin)
  })
})

describe('a call', () => {
  it('goes through Telnyx when Twilio is down', async ({ tocsin, expect }) => {
    await setUp('twilio', 'telnyx')
    outage('twilio')
    const ann = await reachable(tocsin, null, call())
    const source = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))
    await source.alert('Disk full')
    const [asked = {}] = await took('telnyx')
    expect(asked).toMatchObject({ application: '17', To: ann.contacts.phone.target, MachineDetection: 'Enable' })
    const lines = (await tocsin.timeline('SRC1-1')).join()
    expect(lines).toContain('sent through telnyx')
    expect(lines).toContain('twilio: Twilio answered HTTP 503')
    const phone = new Telephone('telnyx', tocsin, asked)
    await phone.pickUp()
    expect(await phone.press('1')).toContain('Accepted SRC1-1')
    await resolveAll(tocsin)
  })
})

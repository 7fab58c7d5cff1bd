import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, inject } from 'vitest'
import { settle, until } from './harness/settle.ts'
import { it, mail, sms } from './harness/tocsin.ts'

let accounts = 0
let account = ''

/** Accounts of each test's own at the carriers' doubles. */
beforeEach(() => {
  account = `carriers-${++accounts}`
  Object.assign(env, {
    TWILIO_API_URL: inject('carriers'),
    TWILIO_ACCOUNT_SID: `AC${account}`,
    TWILIO_FROM: '+4915199000000',
    RESEND_API_URL: inject('carriers'),
    RESEND_API_KEY: `re_${account}`,
    MAIL_FROM: 'tocsin@example.com',
  })
})
afterEach(() => {
  for (const name of ['TWILIO_API_URL', 'TWILIO_ACCOUNT_SID', 'TWILIO_FROM', 'RESEND_API_URL', 'RESEND_API_KEY'])
    delete (env as unknown as Record<string, unknown>)[name]
})

/** What the carrier took for this test's account since the last look, once something came. */
async function taken(which: 'AC' | 're_'): Promise<Record<string, string>[]> {
  let messages: Record<string, string>[] = []
  await settle()
  await until(async () => {
    messages = await (await fetch(`${inject('carriers')}/taken/${which}${account}`)).json()
    return messages.length > 0
  }, `the carrier took something for ${which}${account}`)
  return messages
}

describe('real carriers', () => {
  it('take the place of the sandbox on their channels', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms(), mail())
    const web = await tocsin.source(await tocsin.policy([[ann]]))
    const incident = await web.alert('Disk full on db-1')

    const [text, ...moreTexts] = await taken('AC')
    expect(text).toMatchObject({ To: ann.contacts.phone.target, From: '+4915199000000' })
    expect(text?.Body).toContain('Disk full on db-1. Reply 1a accept')
    const [letter, ...moreLetters] = await taken('re_')
    expect(letter).toMatchObject({ to: 'ann@example.com', subject: `[${incident}] Disk full on db-1` })
    expect([...moreTexts, ...moreLetters]).toEqual([])
    await until(
      async () => (await tocsin.timeline(incident)).some((entry) => entry.includes('sent through twilio')),
      'the timeline names Twilio',
    )
    expect(await tocsin.timeline(incident)).toContain('E-mail to Ann Example (a…@example.com) sent through resend')
  })
})

describe('a carrier that fails', () => {
  it.for([
    ['for good', '+4915112340001', 'failed: there is no such number'],
    ['for now', '+4915112340002', 'failed for now and is tried again'],
  ] as const)('%s has the next step go out at once', async ([, number, words], { tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms(), mail(30))
    await ann.moves(number)
    const web = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))
    const incident = await web.alert('Disk full')

    const [letter] = await taken('re_')
    expect(letter).toMatchObject({ to: 'ann@example.com', subject: `[${incident}] Disk full` })
    expect((await tocsin.timeline(incident)).join()).toContain(words)
    // Else it would go on to be tried after the test, and then by the sandbox.
    await tocsin.api.put(`/incidents/${incident}/accept`)
  })
})

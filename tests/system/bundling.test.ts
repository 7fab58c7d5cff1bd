import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe } from 'vitest'
import { MINUTE, SECOND } from './harness/clock.ts'
import { call, it, mail, push, type Step, sms, type Tocsin } from './harness/tocsin.ts'

/** Ann and a source that pages her alone. */
async function annAndHerSource(tocsin: Tocsin, ...steps: Step[]) {
  const ann = await tocsin.user('Ann', ...steps)
  const web = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))
  const alerts = async (count: number) => {
    const references: string[] = []
    for (let index = 1; index <= count; index++) references.push(await web.alert(`Disk ${index} is full`))
    return references
  }
  return { ann, web, alerts }
}

describe('a storm for one person', () => {
  it('gives three texts, then one that says how many wait and takes them all', async ({ tocsin, expect }) => {
    const { ann, alerts } = await annAndHerSource(tocsin, sms())
    const references = await alerts(10)
    for (const index of [1, 2, 3]) await ann.getsSms(`Disk ${index} is full`)
    await tocsin.carrier.expectSilence()
    expect(await tocsin.timeline(references[9] ?? '')).toContain(
      'SMS to Ann Example (…3001) waits for others, to be told as one message'.replace('…3001', `…${tail(ann)}`),
    )

    await tocsin.pass(21 * SECOND)
    const bundle = await ann.getsSms('10 incidents wait for you, the newest SRC1-10: Disk 10 is full.')
    expect(await tocsin.timeline(references[9] ?? '')).toContain(
      `SMS to Ann Example (…${tail(ann)}) sent through sandbox, as one message with 6 others`,
    )
    await bundle.reply('1aa', 'Accepted 10 incidents.')
    await tocsin.pass(4 * MINUTE)
    await bundle.reply('rr', 'Resolved 10 incidents.')
    await bundle.reply('rr', 'Nothing is waiting for your answer.')
  })

  it('of 200 incidents gives four messages on each channel, and each incident knows of its own', async ({
    tocsin,
    expect,
  }) => {
    const { ann, alerts } = await annAndHerSource(tocsin, sms(), mail())
    const references = await alerts(200)
    await tocsin.pass(MINUTE)
    for (const index of [1, 2, 3]) {
      await ann.getsSms(`Disk ${index} is full`)
      await ann.getsMail(`Disk ${index} is full`)
    }
    await ann.getsSms('200 incidents wait for you')
    const listed = await ann.getsMail('200 incidents wait for you')
    expect(listed.message.text).toContain('SRC1-200: Disk 200 is full')
    expect(listed.message.text).toContain('and 150 more')
    await tocsin.carrier.expectSilence()
    for (const reference of [references[3], references[120], references[199]]) {
      const told = (await tocsin.timeline(reference ?? '')).filter((line) =>
        line.includes('as one message with 196 others'),
      )
      expect(told).toHaveLength(2)
    }
  })

  it('comes again as one message when three minutes are over', async ({ tocsin }) => {
    const { ann, alerts } = await annAndHerSource(tocsin, sms())
    await alerts(4)
    await tocsin.pass(30 * SECOND)
    await tocsin.carrier.ignore()
    await alerts(5)
    await tocsin.pass(2 * MINUTE)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(31 * SECOND)
    await ann.getsSms('9 incidents wait for you')
  })

  it('is still known after a restart', async ({ tocsin }) => {
    const { ann, alerts } = await annAndHerSource(tocsin, sms())
    const restart = () => evictDurableObject(env.PAGER.getByName(String(ann.id)))
    await alerts(3)
    for (const index of [1, 2, 3]) await ann.getsSms(`Disk ${index} is full`)
    await restart()
    await alerts(2)
    await restart()
    await alerts(1)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(21 * SECOND)
    await ann.getsSms('6 incidents wait for you')
    await restart()
    await alerts(1)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(3 * MINUTE)
    await ann.getsSms('7 incidents wait for you')
  })

  it('says nothing of what was answered while it was held, and tells the only one left as itself', async ({
    tocsin,
  }) => {
    const { ann, alerts, web } = await annAndHerSource(tocsin, sms())
    await alerts(3)
    await tocsin.carrier.ignore()
    for (const key of ['a', 'b']) await web.alert(`Fan ${key} stands still`, { alertKey: key })
    for (const key of ['a', 'b']) await web.resolve(key)
    await tocsin.pass(MINUTE)
    await tocsin.carrier.expectSilence()
    const first = await tocsin.listed('?states=PENDING', 3)
    for (const { id } of first) await tocsin.api.put(`/incidents/${id}/resolve`)
    await web.alert('Only this')
    await tocsin.pass(MINUTE)
    await ann.getsSms('Only this. Reply 1a accept')
  })

  it('moves on to the next step of every incident where the bundle does not arrive', async ({ tocsin, expect }) => {
    const { ann, alerts } = await annAndHerSource(tocsin, push(), sms(30), mail(30))
    const references = await alerts(8)
    for (const index of [1, 2, 3]) await ann.getsPush(`Disk ${index} is full`)
    await tocsin.pass(21 * SECOND)
    await ann.getsPush('8 incidents wait for you')
    await ann.moves('+15005550001')
    await tocsin.pass(30 * MINUTE)
    await tocsin.carrier.ignore()
    const lines = await tocsin.timeline(references[7] ?? '')
    expect(lines.join('\n')).toMatch(/E-mail to Ann Example .* sent through sandbox/)
  })

  it('is not forgotten when a carrier says late what became of an earlier bundle', async ({ tocsin }) => {
    const { ann, alerts } = await annAndHerSource(tocsin, sms())
    await alerts(4)
    await tocsin.pass(21 * SECOND)
    const bundle = await ann.getsSms('4 incidents wait for you')
    await tocsin.pass(3 * MINUTE)
    await tocsin.carrier.ignore()
    await alerts(4)
    for (const index of [1, 2, 3]) await ann.getsSms(`Disk ${index} is full`)
    const { notificationId } = bundle.message
    const delivered = { outcome: 'delivered', provider: 'sandbox', reason: null } as const
    await env.PAGER.getByName(String(ann.id)).receipt(notificationId ?? '', delivered)
    await alerts(2)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(21 * SECOND)
    await ann.getsSms('10 incidents wait for you')
  })

  it('lets one call end before the next, which takes all that came meanwhile', async ({ tocsin }) => {
    const { ann, alerts } = await annAndHerSource(tocsin, call())
    await alerts(4)
    await ann.getsCall('Disk 1 is full')
    await tocsin.pass(119 * SECOND)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(2 * SECOND)
    const all = await ann.getsCall('4 incidents wait for you')
    await all.press('1', 'Accepted 4 incidents.')
  })
})

function tail({ contacts }: { contacts: { phone: { target: string } } }): string {
  return contacts.phone.target.slice(-4)
}

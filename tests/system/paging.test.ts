import { describe } from 'vitest'
import { MINUTE, ringAlarms, standStill } from './harness/clock.ts'
import { call, it, mail, push, sms } from './harness/tocsin.ts'

describe('the main job', () => {
  it('an event pages a person, and their answer stops the escalation', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const web = await tocsin.source(await tocsin.policy([[ann], [ben]]))

    const incident = await web.alert('Disk full on db-1')
    const message = await ann.getsSms('Disk full on db-1')
    await message.reply('1a', 'Accepted')

    expect((await tocsin.incident(incident)).status).toBe('ACCEPTED')
    await tocsin.pass(60 * MINUTE)
    await tocsin.carrier.expectSilence()
    expect(await tocsin.timeline(incident)).toEqual([
      'Opened by an event of Source 1, priority HIGH',
      'Paged level 1: Ann Example',
      'SMS to Ann Example (…5001) sent through sandbox',
      'Accepted by Ann Example by SMS',
    ])
  })

  it('pages level two after the timeout, and not before', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms())
    const ben = await tocsin.user('Ben', sms())
    const web = await tocsin.source(await tocsin.policy([[ann], [ben]], { timeouts: [5, 5] }))

    await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.pass(5 * MINUTE - 1)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(1)
    await ben.getsSms('Disk full')
  })

  it('says so when everybody was paged and nobody answered', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const web = await tocsin.source(await tocsin.policy([[ann]], { repeating: true, frequency: 2 }))
    const incident = await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.pass(5 * MINUTE)
    await ann.getsSms('Disk full')
    await tocsin.pass(60 * MINUTE)
    expect(await tocsin.timeline(incident)).toContain('Escalation ended: everybody was paged and nobody answered')
    expect(await tocsin.incident(incident)).toMatchObject({
      status: 'PENDING',
      escalationEnded: true,
      nextEscalation: null,
    })
  })

  it('is answered on every channel', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms(), call(), mail(), push())
    const web = await tocsin.source(await tocsin.policy([[ann]]))
    const everywhere = async (summary: string) => {
      const incident = await web.alert(summary)
      const messages = {
        sms: await ann.getsSms(summary),
        call: await ann.getsCall(summary),
        mail: await ann.getsMail(summary),
        push: await ann.getsPush(summary),
      }
      return { incident, ...messages }
    }
    const byCall = await everywhere('Answered by phone')
    await byCall.call.press('1', 'Accepted')
    await byCall.call.press('2', 'Resolved')
    await tocsin.pass(2 * MINUTE)
    const byMail = await everywhere('Answered by mail')
    await byMail.mail.follow('accept', 'Accepted')
    await byMail.mail.follow('accept', 'already accepted by you')
    await tocsin.pass(2 * MINUTE)
    const byPush = await everywhere('Answered by push')
    await byPush.push.tap('accept', 'Accepted')
    await byPush.push.tap('resolve', 'Resolved')

    const states = async (...names: string[]) =>
      Promise.all(names.map(async (name) => (await tocsin.incident(name)).status))
    expect(await states(byCall.incident, byMail.incident, byPush.incident)).toEqual([
      'RESOLVED',
      'ACCEPTED',
      'RESOLVED',
    ])
  })
})

describe("a user's preferences", () => {
  it('send a text and a call at once (behaviour 14)', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms(), call())
    const web = await tocsin.source(await tocsin.policy([[ann]]))
    await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await ann.getsCall('Disk full')
  })

  it('send each step once, at its delay (behaviour 19)', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms(), call(30))
    const web = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))
    await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.pass(30 * MINUTE - 1)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(1)
    await ann.getsCall('Disk full')
    await tocsin.pass(20 * MINUTE)
  })

  it('reach every user of a level (behaviour 20)', async ({ tocsin }) => {
    const [ann, ben] = [await tocsin.user('Ann', sms()), await tocsin.user('Ben', mail())]
    const web = await tocsin.source(await tocsin.policy([[ann, ben]]))
    await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await ben.getsMail('Disk full')
  })

  it('may change under way: steps whose time is past are skipped, later ones come (behaviours 21, 22)', async ({
    tocsin,
  }) => {
    const ann = await tocsin.user('Ann', sms())
    const web = await tocsin.source(await tocsin.policy([[ann], [ann]], { timeouts: [30, 30] }))
    await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.pass(10 * MINUTE)
    await ann.prefer(call(5))
    await ann.prefer(mail(15))
    await tocsin.pass(5 * MINUTE)
    await ann.getsMail('Disk full')
    await tocsin.carrier.expectSilence()
    // The next level starts the whole set afresh.
    await tocsin.pass(15 * MINUTE)
    await ann.getsSms('Disk full')
    await tocsin.pass(20 * MINUTE)
    await ann.getsCall('Disk full')
    await ann.getsMail('Disk full')
  })

  it('are one message when several steps for one contact come due together (behaviour 26)', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms(1), sms(2), sms(3))
    const web = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))
    await web.alert('Disk full')
    standStill(4 * MINUTE)
    await ringAlarms()
    await ann.getsSms('Disk full')
    await tocsin.pass(10 * MINUTE)
  })

  it('start afresh when escalated in the middle, without a double for one contact (behaviour 17)', async ({
    tocsin,
  }) => {
    const ann = await tocsin.user('Ann', sms(), sms(30))
    const web = await tocsin.source(await tocsin.policy([[ann], [ann]], { timeouts: [120, 120] }))
    const incident = await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.pass(10 * MINUTE)
    await tocsin.api.put(`/incidents/${incident}/escalate`)
    await ann.getsSms('Disk full')
    await tocsin.pass(30 * MINUTE)
    await ann.getsSms('Disk full')
    await tocsin.pass(30 * MINUTE)
  })

  it('without any step, a mail goes out at once', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann')
    const web = await tocsin.source(await tocsin.policy([[ann]]))
    await web.alert('Disk full')
    await ann.getsMail('Disk full')
  })
})

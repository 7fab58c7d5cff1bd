import { describe } from 'vitest'
import type { LogEntry } from '../../src/api/schemas/incident.ts'
import { MINUTE } from './harness/clock.ts'
import { call, it, low, mail, sms, type Tocsin } from './harness/tocsin.ts'

async function twoLevels(tocsin: Tocsin, options: object = {}) {
  const ann = await tocsin.user('Ann', sms())
  const ben = await tocsin.user('Ben', sms())
  const policy = await tocsin.policy([[ann], [ben]], options)
  return { ann, ben, policy, web: await tocsin.source(policy) }
}

describe('escalating', () => {
  it('an accepted incident by hand makes it pending and pages the next level at once (behaviour 18)', async ({
    tocsin,
    expect,
  }) => {
    const { ann, ben, web } = await twoLevels(tocsin)
    const incident = await web.alert('Disk full')
    await (await ann.getsSms('Disk full')).reply('1a', 'Accepted')
    await tocsin.api.put(`/incidents/${incident}/escalate`)
    await (await ben.getsSms('Disk full')).reply('1a', 'Accepted')
    expect(await tocsin.incident(incident)).toMatchObject({ status: 'ACCEPTED', assignedTo: { id: ben.id } })
  })

  it('by reply stops paging who asked for help', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms(), call(10))
    const ben = await tocsin.user('Ben', sms())
    const web = await tocsin.source(await tocsin.policy([[ann], [ben]], { timeouts: [30, 30] }))
    const incident = await web.alert('Disk full')
    await (await ann.getsSms('Disk full')).reply('1e', 'Escalated')
    await ben.getsSms('Disk full')
    await tocsin.pass(20 * MINUTE)
    await tocsin.carrier.expectSilence()
    expect((await tocsin.incident(incident)).escalationRules.map(({ current }) => current)).toEqual([false, true])
  })

  it('by a link pressed twice pages one level, not two', async ({ tocsin }) => {
    const [ann, ben, cem] = [
      await tocsin.user('Ann', mail()),
      await tocsin.user('Ben', sms()),
      await tocsin.user('Cem', sms()),
    ]
    const web = await tocsin.source(await tocsin.policy([[ann], [ben], [cem]]))
    await web.alert('Disk full')
    const message = await ann.getsMail('Disk full')
    await message.follow('escalate', 'Escalated')
    await ben.getsSms('Disk full')
    await message.follow('escalate', 'was already escalated by you')
    await tocsin.carrier.expectSilence()
    await tocsin.api.put('/incidents/SRC1-1/resolve')
  })

  it('to a chosen level, and back to the first after the last', async ({ tocsin, expect }) => {
    const [ann, ben, cem] = [
      await tocsin.user('Ann', sms()),
      await tocsin.user('Ben', sms()),
      await tocsin.user('Cem', sms()),
    ]
    const web = await tocsin.source(await tocsin.policy([[ann], [ben], [cem]]))
    const incident = await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.api.put(`/incidents/${incident}/escalate`, { level: 3 })
    await cem.getsSms('Disk full')
    await tocsin.api.put(`/incidents/${incident}/escalate`)
    await ann.getsSms('Disk full')
    expect(await tocsin.api.refused('PUT', `/incidents/${incident}/escalate`, { level: 7 })).toMatchObject({
      status: 409,
      code: 'NO_SUCH_LEVEL',
    })
    await tocsin.api.put(`/incidents/${incident}/resolve`)
  })

  it('passes over an empty level at once, and refuses where there is nobody (behaviour 24)', async ({
    tocsin,
    expect,
  }) => {
    const ann = await tocsin.user('Ann', sms())
    const web = await tocsin.source(await tocsin.policy([[], [ann]]))
    const incident = await web.alert('Disk full')
    await ann.getsSms('Disk full')
    expect(await tocsin.timeline(incident)).toContain('Skipped level 1: nobody is there')

    const empty = await tocsin.source(await tocsin.policy([[]]))
    const orphan = await empty.alert('Nobody is there')
    await tocsin.carrier.expect(tocsin.administrator, 'EMAIL', 'Nobody is there')
    expect(await tocsin.timeline(orphan)).toContain(
      'No level of the policy has anybody, so the fallback contacts are paged: Ada Admin',
    )
    expect(await tocsin.api.refused('PUT', `/incidents/${orphan}/escalate`)).toMatchObject({
      status: 409,
      code: 'NOBODY_TO_ESCALATE_TO',
    })
  })

  it('waits for the initial delay and goes through the levels as often as set (behaviour 15)', async ({ tocsin }) => {
    const { ann, ben, web } = await twoLevels(tocsin, { delayMin: 2, repeating: true, frequency: 2 })
    await web.alert('Disk full')
    await tocsin.pass(2 * MINUTE - 1)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(1)
    for (const user of [ann, ben, ann, ben]) {
      await user.getsSms('Disk full')
      await tocsin.carrier.expectSilence()
      await tocsin.pass(5 * MINUTE)
    }
  })

  it('goes on where levels were removed or their numbers have gaps (behaviour 16)', async ({ tocsin }) => {
    const { ann, ben, policy, web } = await twoLevels(tocsin)
    const three = { ...policy, escalationRules: [{ escalationTimeout: 5, users: [] }, ...policy.escalationRules] }
    await tocsin.api.put(`/escalation-policies/${policy.id}`, three)
    await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.pass(5 * MINUTE)
    await ben.getsSms('Disk full')
  })

  it('never happens by itself at LOW priority', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', call(), low(mail()))
    const ben = await tocsin.user('Ben', sms())
    const web = await tocsin.source(await tocsin.policy([[ann], [ben]]), { incidentPriorityRule: 'LOW' })
    const incident = await web.alert('Certificate expires in 20 days')
    await ann.getsMail('Certificate expires')
    await tocsin.pass(60 * MINUTE)
    expect(await tocsin.incident(incident)).toMatchObject({ status: 'PENDING', nextEscalation: null })
  })

  it('comes at once when nobody of the level can be reached, and falls back when nobody can at all', async ({
    tocsin,
    expect,
  }) => {
    const { ann, ben, web } = await twoLevels(tocsin)
    await ann.moves('+15005550001')
    const incident = await web.alert('Disk full')
    await ben.getsSms('Disk full')
    expect(await tocsin.timeline(incident)).toEqual([
      'Opened by an event of Source 1, priority HIGH',
      'Paged level 1: Ann Example',
      'SMS to Ann Example (…0001) failed: the number or address does not exist',
      'Ann Example could not be reached on any channel',
      'Paged level 2: Ben Example',
      expect.stringContaining('SMS to Ben Example'),
    ])
    await tocsin.api.put(`/incidents/${incident}/resolve`)
    await ben.moves('+15005550001')
    await web.alert('Load high')
    await tocsin.carrier.expect(tocsin.administrator, 'EMAIL', 'Load high')
  })
})

describe('a failing channel', () => {
  it('makes the next step due at once', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms(), mail(10))
    await ann.moves('+15005550001')
    const web = await tocsin.source(await tocsin.policy([[ann]]))
    await web.alert('Disk full')
    await ann.getsMail('Disk full')
  })

  it('that is only busy is tried again, a bounded number of times', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    await ann.moves('+15005550002')
    const web = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [120] }))
    const incident = await web.alert('Disk full')
    await tocsin.pass(60 * MINUTE)
    const texts = await tocsin.timeline(incident)
    expect(texts.filter((text) => text.includes('failed for now'))).toHaveLength(4)
    expect(texts.filter((text) => text.includes('failed: the carrier is busy'))).toHaveLength(1)
    await tocsin.carrier.expect(tocsin.administrator, 'EMAIL', 'Disk full')
  })
})

describe('people', () => {
  it('are assigned an incident alone, or with a policy', async ({ tocsin, expect }) => {
    const { ann, ben, web } = await twoLevels(tocsin)
    const cem = await tocsin.user('Cem', sms())
    const other = await tocsin.policy([[cem]])
    const incident = await web.alert('Disk full')
    await ann.getsSms('Disk full')
    await tocsin.api.put(`/incidents/${incident}/assign?user-id=${ben.id}`)
    await ben.getsSms('Disk full')
    await tocsin.pass(60 * MINUTE)
    expect(await tocsin.incident(incident)).toMatchObject({
      status: 'PENDING',
      assignedTo: { id: ben.id },
      nextEscalation: null,
    })
    await tocsin.api.put(`/incidents/${incident}/assign?policy-id=${other.id}`)
    await cem.getsSms('Disk full')
    expect(await tocsin.api.refused('PUT', `/incidents/${incident}/assign?user-id=9999`)).toMatchObject({ status: 400 })
  })

  it('can be asked in addition, and answer for themselves', async ({ tocsin, expect }) => {
    const { ann, ben, web } = await twoLevels(tocsin)
    const incident = await web.alert('Disk full')
    await (await ann.getsSms('Disk full')).reply('1a', 'Accepted')
    await tocsin.api.post(`/incidents/${incident}/responders`, { user: { id: ben.id } })
    await (await ben.getsSms('Disk full')).reply('1a', 'Accepted')
    const { responders, assignedTo } = await tocsin.incident(incident)
    expect(responders.map(({ user, status }) => [user.id, status])).toEqual([
      [ann.id, 'ACCEPTED'],
      [ben.id, 'ACCEPTED'],
    ])
    expect(assignedTo?.id).toBe(ann.id)
  })

  it('put an incident off; then it pages again', async ({ tocsin, expect }) => {
    const { ann, ben, web } = await twoLevels(tocsin)
    const incident = await web.alert('Disk full')
    await (await ann.getsSms('Disk full')).reply('1a', 'Accepted')
    await tocsin.api.put(`/incidents/${incident}/snooze`, { minutes: 60 })
    await tocsin.pass(60 * MINUTE - 1)
    await tocsin.carrier.expectSilence()
    await tocsin.pass(1)
    await ann.getsSms('Disk full')
    expect((await tocsin.incident(incident)).status).toBe('PENDING')
    await tocsin.pass(5 * MINUTE)
    await ben.getsSms('Disk full')
  })

  it('comment, also afterwards', async ({ tocsin, expect }) => {
    const { web, ann } = await twoLevels(tocsin)
    const incident = await web.alert('Disk full')
    await (await ann.getsSms('Disk full')).reply('r', 'Resolved')
    await tocsin.api.post(`/incidents/${incident}/comments`, { content: 'Deleted the old backups' })
    const entries = await tocsin.api.get<LogEntry[]>(`/incidents/${incident}/log-entries`)
    expect(entries[0]?.text).toContain('Deleted the old backups')
    expect(await tocsin.api.refused('PUT', `/incidents/${incident}/accept`)).toMatchObject({
      status: 409,
      code: 'ALREADY_RESOLVED',
    })
  })

  it('report an incident by hand, to the policy or to chosen people', async ({ tocsin, expect }) => {
    const { ann, ben, web } = await twoLevels(tocsin)
    const { id: sourceId } = web.source
    await tocsin.api.post('/incidents', { summary: 'Customers complain', alertSource: { id: sourceId } })
    await ann.getsSms('Customers complain')
    await tocsin.api.put('/incidents/SRC1-1/accept')
    await tocsin.api.post('/incidents', {
      summary: 'Only Ben knows',
      alertSource: { id: sourceId },
      responders: [{ user: { id: ben.id } }],
    })
    await ben.getsSms('Only Ben knows')
    await tocsin.pass(60 * MINUTE)
    expect(await tocsin.timeline('SRC1-2')).toContain('Opened by Ada Admin at Source 1, priority HIGH')
  })
})

describe('replies by text', () => {
  it('use the code again once its incident is over (behaviours 31, 32)', async ({ tocsin }) => {
    const { ann, ben, web } = await twoLevels(tocsin, { timeouts: [5, 5] })
    await web.alert('Disk full')
    const first = await ann.getsSms('Disk full')
    await web.alert('Load high')
    const second = await ann.getsSms('Reply 2a accept')
    await second.reply('2r', 'Resolved SRC1-2')
    await second.reply('2a', 'SRC1-2 was already resolved by Ann Example')
    await tocsin.pass(5 * MINUTE)
    const bens = await ben.getsSms('SRC1-1: Disk full')
    await bens.reply('1a', 'Accepted')
    await first.reply('1a', 'SRC1-1 was already accepted by Ben Example')
    await first.reply('1r', 'Resolved')
    await web.alert('Third')
    await (await ann.getsSms('SRC1-3: Third. Reply 1a accept')).reply('1a', 'Accepted SRC1-3')
  })

  it('work bare, in words, and say how when they are not understood (behaviours 30, 33)', async ({
    tocsin,
    expect,
  }) => {
    const { ann, web } = await twoLevels(tocsin)
    const incident = await web.alert('Disk full')
    const message = await ann.getsSms('Disk full')
    await message.reply('what is this?', 'Reply 1a to accept, 1r to resolve, 1e to escalate')
    await message.reply('9a', 'There is no 9')
    await message.reply(' "Ack" ', 'Accepted')
    await message.reply('close', 'Resolved')
    await message.reply('a', 'Nothing is waiting for you')
    expect(await tocsin.timeline(incident)).toEqual([
      'Opened by an event of Source 1, priority HIGH',
      'Paged level 1: Ann Example',
      'SMS to Ann Example (…5001) sent through sandbox',
      'Accepted by Ann Example by SMS',
      'Resolved by Ann Example by SMS',
    ])
  })
})

describe('over many rounds', () => {
  it('opening and closing never starves a page (behaviour 28)', async ({ tocsin }) => {
    const { ann, web } = await twoLevels(tocsin)
    for (let round = 1; round <= 8; round++) {
      await web.alert(`Round ${round}`, { alertKey: 'flapping' })
      await ann.getsSms(`Round ${round}`)
      await web.resolve('flapping')
      await tocsin.pass(23 * MINUTE)
    }
  })
})

describe('lists', () => {
  it('show what is open, by source, state, person and text', async ({ tocsin, expect }) => {
    const { ann, web, policy } = await twoLevels(tocsin, { timeouts: [10_000, 10_000] })
    const shop = await tocsin.source(policy)
    await web.alert('Disk full')
    await web.alert('Load high', { alertKey: 'load' })
    await shop.alert('Queue grows')
    await tocsin.api.put('/incidents/SRC1-1/accept')
    await tocsin.api.put('/incidents/SRC2-1/resolve')
    const references = async (query: string, count: number) =>
      (await tocsin.listed(query, count)).map(({ reference }) => reference)
    expect(await references('?states=PENDING', 1)).toEqual(['SRC1-2'])
    expect(await references('?states=PENDING&states=ACCEPTED', 2)).toEqual(['SRC1-2', 'SRC1-1'])
    expect(await references(`?sources=${shop.source.id}`, 1)).toEqual(['SRC2-1'])
    expect(await references('?query=grows', 1)).toEqual(['SRC2-1'])
    expect(await references(`?responders=${ann.id}`, 1)).toEqual(['SRC1-2'])
    expect(await references('?max-results=1&start-index=1', 1)).toEqual(['SRC1-2'])
    expect(await tocsin.api.get('/incidents/count?states=RESOLVED')).toEqual({ count: 1 })
    const bulk = await tocsin.api.put('/incidents/resolve', { ids: [2 ** 32 + 1, 2 ** 32 + 2, 2 ** 33 + 1] })
    expect(bulk).toMatchObject({
      results: [
        { success: true },
        { success: true },
        { success: false, message: expect.stringContaining('already resolved') },
      ],
    })
    await tocsin.carrier.ignore()
  })
})

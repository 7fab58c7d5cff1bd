import { describe } from 'vitest'
import type { User } from '../../src/api/schemas/user.ts'
import { MINUTE } from './harness/clock.ts'
import { call, it, mail, sms } from './harness/tocsin.ts'

describe('a configuration that changes while people are paged', () => {
  it('by a new name sends nothing again', async ({ tocsin }) => {
    const ann = await tocsin.user('Ann', sms(), mail(10))
    await ann.moves('+15005550001')
    const web = await tocsin.source(await tocsin.policy([[ann]], { timeouts: [60] }))
    await web.alert('Disk full')
    // The text failed for good, so the mail came at once.
    await ann.getsMail('Disk full')
    await tocsin.pass(3 * MINUTE)
    const { firstName, email } = await tocsin.api.get<User>(`/users/${ann.id}`)
    await tocsin.api.put(`/users/${ann.id}`, { firstName, lastName: 'Married', email })
    await tocsin.pass(20 * MINUTE)
  })

  it('by a user who leaves tells whoever comes next', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', call(30))
    const ben = await tocsin.user('Ben', sms())
    const policy = await tocsin.policy([[ann], [ben]], { timeouts: [60, 60] })
    const web = await tocsin.source(policy)
    const incident = await web.alert('Disk full')
    await tocsin.api.put(`/escalation-policies/${policy.id}`, {
      ...policy,
      escalationRules: [{ escalationTimeout: 60, users: [{ id: ben.id }] }],
    })
    await tocsin.api.delete(`/users/${ann.id}`)
    await ben.getsSms('Disk full')
    expect(await tocsin.timeline(incident)).toContain('Ann Example could not be reached on any channel')
  })

  it('by another grouping puts no new problem into an accepted incident', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', sms())
    const policy = await tocsin.policy([[ann]])
    const web = await tocsin.source(policy)
    await web.alert('Disk full')
    await (await ann.getsSms('Disk full')).reply('1a', 'Accepted')
    const { id, name } = web.source
    await tocsin.api.put(`/alert-sources/${id}`, {
      ...{ name, escalationPolicy: { id: policy.id }, incidentCreation: 'ONE_PENDING_INCIDENT_ALLOWED' },
    })
    expect(await web.alert('Load high')).toBe('SRC1-2')
    await ann.getsSms('Load high')
  })

  it('by a deletion ends the integration key', async ({ tocsin, expect }) => {
    const web = await tocsin.source(await tocsin.policy([[]]))
    await tocsin.api.delete(`/alert-sources/${web.source.id}`)
    const { integrationKey } = web.source
    const response = await web.send('/api/events', { integrationKey, eventType: 'ALERT', summary: 'a' })
    expect(response.status).toBe(403)
  })
})

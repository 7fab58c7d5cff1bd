import { describe, it } from 'vitest'
import { newRelic } from './new-relic.ts'
import { Unreadable } from './tool.ts'
import { readOne } from './tool-request.fixtures.ts'

const issue = (state: string, more = {}) => ({
  ...{ id: 'i-1', title: 'Low storage', priority: 'CRITICAL', state, impactedEntities: ['shop', 'db'] },
  ...more,
})

describe('New Relic', () => {
  it('follows an issue through its states', ({ expect }) => {
    expect(readOne(newRelic, issue('ACTIVATED'))).toMatchObject({
      ...{ type: 'ALERT', key: 'i-1', summary: 'Low storage', severity: 'CRITICAL', labels: { entity: 'shop' } },
    })
    expect(readOne(newRelic, issue('CREATED')).type).toBe('ALERT')
    expect(readOne(newRelic, issue('ACKNOWLEDGED')).type).toBe('ACCEPT')
    expect(readOne(newRelic, issue('ACTIVATED', { trigger: 'ISSUE_ACKNOWLEDGED' })).type).toBe('ACCEPT')
    expect(readOne(newRelic, issue('CLOSED'))).toMatchObject({ type: 'RESOLVE', key: 'i-1' })
    expect(readOne(newRelic, issue('CLOSED', { trigger: 'ACKNOWLEDGED' })).type).toBe('RESOLVE')
  })

  it('takes a title that is a list', ({ expect }) => {
    expect(readOne(newRelic, issue('ACTIVATED', { title: ['Low storage', 'High CPU'] })).summary).toBe('Low storage')
  })

  it('follows an incident of the older channels', ({ expect }) => {
    const incident = (current_state: string) => ({
      ...{
        incident_id: 0,
        condition_id: 5,
        condition_name: 'CPU',
        severity: 'WARNING',
        details: 'High.',
        current_state,
      },
      targets: [{ name: 'shop' }],
    })
    expect(readOne(newRelic, incident('open'))).toMatchObject({
      ...{ type: 'ALERT', key: '0', summary: 'CPU', details: 'High.', severity: 'WARNING', labels: { entity: 'shop' } },
    })
    expect(readOne(newRelic, incident('acknowledged')).type).toBe('ACCEPT')
    expect(readOne(newRelic, incident('closed'))).toMatchObject({ type: 'RESOLVE', key: '0' })
  })

  it('says which field is missing', ({ expect }) => {
    expect(() => readOne(newRelic, { title: 'x' })).toThrow(Unreadable)
    expect(() => readOne(newRelic, { state: 'ACTIVATED' })).toThrow(/id/)
  })
})

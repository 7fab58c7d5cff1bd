import { describe, it } from 'vitest'
import { appDynamics } from './appdynamics.ts'
import { Unreadable } from './tool.ts'
import { readOne } from './tool-request.fixtures.ts'

const template = JSON.parse(
  appDynamics.setup({ url: '', origin: '', key: '' }).find(({ snippet }) => snippet?.language === 'json')?.snippet
    ?.code ?? '',
) as Record<string, string>

const event = (event_type: string, more = {}) => ({
  ...{ ...template, event_type, incident_id: '65', health_rule: 'Response time', node: 'web-1', severity: 'ERROR' },
  ...more,
})

describe('AppDynamics', () => {
  it('keeps one key from the start of a violation to its end', ({ expect }) => {
    for (const type of ['POLICY_OPEN_WARNING', 'POLICY_UPGRADED', 'POLICY_CONTINUES_CRITICAL', 'POLICY_DOWNGRADED'])
      expect(readOne(appDynamics, event(type))).toMatchObject({
        ...{ type: 'ALERT', key: '65', summary: 'Response time on web-1' },
      })
    for (const type of [
      'POLICY_CLOSE_WARNING',
      'POLICY_CLOSE_CRITICAL',
      'POLICY_CANCELED_CRITICAL',
      'HEALTH_RULE_CLOSE_WARNING',
    ])
      expect(readOne(appDynamics, event(type))).toMatchObject({ type: 'RESOLVE', key: '65' })
  })

  it('takes the severity from the type where that says it', ({ expect }) => {
    expect(readOne(appDynamics, event('POLICY_OPEN_CRITICAL')).severity).toBe('CRITICAL')
    expect(readOne(appDynamics, event('APPLICATION_CRASH')).severity).toBe('ERROR')
  })

  it('takes a variable that was not filled in for missing', ({ expect }) => {
    const crash = { ...template, event_type: 'APPLICATION_CRASH', event_id: '54' }
    expect(readOne(appDynamics, crash)).toMatchObject({ key: '54', summary: 'APPLICATION_CRASH', severity: null })
    expect(() => readOne(appDynamics, template)).toThrow(Unreadable)
  })

  it('reads a summary with line breaks that nobody escaped', ({ expect }) => {
    const body = '{"event_type": "POLICY_OPEN_WARNING", "incident_id": "65", "summary": "one\ntwo"}'
    expect(readOne(appDynamics, body)).toMatchObject({ key: '65', details: 'one two' })
  })
})

import { describe, it } from 'vitest'
import { googleCloudMonitoring } from './google-cloud-monitoring.ts'
import { Unreadable } from './tool.ts'
import { readOne } from './tool-request.fixtures.ts'

const incident = (values: object) => ({
  version: '1.2',
  incident: { incident_id: '0.n', state: 'open', summary: 'CPU is high – 97 %', severity: 'Critical', ...values },
})

describe('Google Cloud Monitoring', () => {
  it('opens and resolves by the id of the incident', ({ expect }) => {
    expect(
      readOne(googleCloudMonitoring, incident({ url: 'https://example.com/1', policy_name: 'Shop' })),
    ).toMatchObject({
      ...{ type: 'ALERT', key: '0.n', summary: 'CPU is high – 97 %', severity: 'Critical' },
      ...{ links: [{ href: 'https://example.com/1' }], labels: { policy: 'Shop' } },
    })
    expect(readOne(googleCloudMonitoring, incident({ state: 'closed' }))).toMatchObject({ type: 'RESOLVE', key: '0.n' })
    expect(readOne(googleCloudMonitoring, incident({ state: 'acknowledged' })).type).toBe('ACCEPT')
  })

  it('takes a severity from the policy’s labels where the incident has none', ({ expect }) => {
    const severity = (values: object) => readOne(googleCloudMonitoring, incident(values)).severity
    expect(severity({ severity: 'No severity' })).toBeNull()
    expect(severity({ severity: 'No severity', policy_user_labels: { severity: 'warning' } })).toBe('warning')
  })

  it('reads the console’s test, with its upper case and its documentation as text', ({ expect }) => {
    const test = incident({ state: 'OPEN', ended_at: 0, documentation: 'Test documentation' })
    expect(readOne(googleCloudMonitoring, { ...test, version: 'test' })).toMatchObject({
      ...{ type: 'ALERT', details: 'Test documentation' },
    })
  })

  it('reads a push of Pub/Sub', ({ expect }) => {
    const bytes = new TextEncoder().encode(JSON.stringify(incident({})))
    const data = btoa(String.fromCharCode(...bytes))
    const push = { message: { data, messageId: '1' }, subscription: 'projects/x/subscriptions/y' }
    expect(readOne(googleCloudMonitoring, push)).toMatchObject({ key: '0.n', summary: 'CPU is high – 97 %' })
    expect(() => readOne(googleCloudMonitoring, { message: { data: '§' } })).toThrow(/base64/)
    expect(() => readOne(googleCloudMonitoring, { message: { data: btoa('no JSON') } })).toThrow(Unreadable)
  })

  it('names the field that is missing', ({ expect }) => {
    expect(() => readOne(googleCloudMonitoring, {})).toThrow(/incident\.state/)
    expect(() => readOne(googleCloudMonitoring, incident({ state: 'odd' }))).toThrow(/incident\.state/)
  })
})

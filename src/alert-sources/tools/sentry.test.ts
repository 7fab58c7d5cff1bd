import { describe, it } from 'vitest'
import { sentry } from './sentry.ts'
import { Unreadable } from './tool.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const of = (resource: string) => ({ headers: { 'sentry-hook-resource': resource } })
const issue = (action: string) => ({ action, data: { issue: { id: '16', title: 'TypeError: x', level: 'error' } } })
const metricAlert = (action: string) => ({
  action,
  data: {
    description_title: 'Too many errors',
    description_text: '1000 events\\nFilter: level:error',
    metric_alert: { id: '4', alert_rule: { id: '7', name: 'Errors' } },
    web_url: 'https://sentry.example.com/alerts/1/',
  },
})

describe('Sentry', () => {
  it('opens and resolves an issue', ({ expect }) => {
    for (const action of ['created', 'unresolved'])
      expect(readOne(sentry, issue(action), of('issue'))).toMatchObject({
        ...{ type: 'ALERT', key: '16', summary: 'TypeError: x', severity: 'error' },
      })
    for (const action of ['resolved', 'archived', 'ignored'])
      expect(readOne(sentry, issue(action), of('issue'))).toMatchObject({ type: 'RESOLVE', key: '16' })
  })

  it('gives an alert rule the key of the issue, which alone says that it is over', ({ expect }) => {
    const event = {
      ...{ event_id: 'e', issue_id: '16', title: 'TypeError: x', level: 'fatal', message: '' },
      tags: [
        ['environment', 'prod'],
        ['browser', 'Chrome 75'],
      ],
    }
    const body = { action: 'triggered', data: { event, triggered_rule: 'All' } }
    expect(readOne(sentry, body, of('event_alert'))).toMatchObject({
      ...{ type: 'ALERT', key: '16', severity: 'fatal', labels: { environment: 'prod', rule: 'All' } },
    })
  })

  it('reads metric alerts, and the line break that Sentry writes out', ({ expect }) => {
    expect(readOne(sentry, metricAlert('critical'), of('metric_alert'))).toMatchObject({
      ...{ type: 'ALERT', key: '4', severity: 'critical', details: '1000 events\nFilter: level:error' },
    })
    expect(readOne(sentry, metricAlert('resolved'), of('metric_alert'))).toMatchObject({
      ...{ type: 'RESOLVE', key: '4', severity: null },
    })
  })

  it('reads the legacy plugin, whose message is empty', ({ expect }) => {
    const body = { id: '19', level: 'error', message: '', culprit: 'main', event: { title: 'ValueError: y' } }
    expect(readOne(sentry, body)).toMatchObject({ type: 'ALERT', key: '19', summary: 'ValueError: y' })
  })

  it('knows a body whose header was lost', ({ expect }) => {
    expect(readOne(sentry, issue('created')).key).toBe('16')
    expect(readOne(sentry, metricAlert('warning')).key).toBe('4')
    expect(() => readOne(sentry, { foo: 1 })).toThrow(Unreadable)
  })

  it('opens nothing for what is no alert', ({ expect }) => {
    for (const [body, resource] of [
      [issue('assigned'), 'issue'],
      [{ action: 'created' }, 'installation'],
      [{ action: 'created' }, 'comment'],
    ] as const)
      expect(sentry.read(requestOf(body, of(resource)))).toEqual({ events: [], ignored: expect.any(String) })
  })

  it('is signed with the client secret', async ({ expect }) => {
    const body = '{"action":"created"}'
    // printf '%s' "$body" | openssl dgst -sha256 -hmac secret
    const signature = '0031e94255b70a79704e0356204543768c078ca4f48b3ccc547edef03f4f338a'
    const verify = (text: string, header: string, secret: string) =>
      sentry.signature?.verify(requestOf(text, { headers: { 'sentry-hook-signature': header } }), secret)
    expect(await verify(body, signature, 'secret')).toBe(true)
    expect(await verify(`${body} `, signature, 'secret')).toBe(false)
    expect(await verify(body, signature, 'other')).toBe(false)
    expect(await verify(body, '', 'secret')).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { cloudflare } from './cloudflare.ts'
import { eventsOf, ignoredOf } from './reading.fixtures.ts'
import { requestOf } from './tool-request.fixtures.ts'

const notification = {
  name: 'Origins',
  text: 'The health check shop-origin is unhealthy.',
  data: { health_check_id: 'h1', new_status: 'Unhealthy', reason: 'TCP timeout', zone_name: 'example.com' },
  ts: 1768469400,
  policy_name: 'Origins',
  alert_type: 'health_check_status_notification',
}

describe("Cloudflare's notifications", () => {
  it('alert with what they are about', async () => {
    expect(await eventsOf(cloudflare, notification)).toMatchObject([
      {
        ...{ type: 'ALERT', key: 'health_check_status_notification/h1', summary: notification.text },
        ...{
          details: 'TCP timeout',
          labels: { type: notification.alert_type, policy: 'Origins', zone: 'example.com' },
        },
      },
    ])
  })

  it('pair a start and an end by their correlation', async () => {
    const correlated = { ...notification, data: {}, alert_correlation_id: 'c1' }
    const start = { ...correlated, alert_event: 'ALERT_STATE_EVENT_START' }
    const end = { ...correlated, alert_event: 'ALERT_STATE_EVENT_END' }
    expect(await eventsOf(cloudflare, start)).toMatchObject([{ type: 'ALERT', key: 'c1' }])
    expect(await eventsOf(cloudflare, end)).toMatchObject([{ type: 'RESOLVE', key: 'c1' }])
  })

  it.each([
    [{ new_status: 'Healthy' }, 'RESOLVE'],
    [{ new_health_status: 'healthy', new_status: 'x' }, 'RESOLVE'],
    [{ new_status: 'TUNNEL_STATUS_TYPE_HEALTHY' }, 'RESOLVE'],
    [{ incident_status: 'INCIDENT_STATUS_RESOLVED' }, 'RESOLVE'],
    [{ episode: { status: 'RESOLVED' } }, 'RESOLVE'],
    [{ new_status: 'Unhealthy' }, 'ALERT'],
    [{ new_status: 'TUNNEL_STATUS_TYPE_DEGRADED' }, 'ALERT'],
    [{ new_status: 'TUNNEL_STATUS_TYPE_DOWN' }, 'ALERT'],
    [{}, 'ALERT'],
  ])('with the data %o are %s', async (data, type) => {
    expect(await eventsOf(cloudflare, { ...notification, data })).toMatchObject([{ type }])
  })

  it('have a test, which opens nothing', () => {
    expect(ignoredOf(cloudflare, { text: 'Hello World! This is a test message.' })).toContain('test')
  })

  it('come with the secret itself', async () => {
    const verify = async (headers: Record<string, string>) =>
      cloudflare.signature?.verify(requestOf(notification, { headers }), 'the secret')
    expect(await verify({ 'cf-webhook-auth': 'the secret' })).toBe(true)
    expect(await verify({ 'cf-webhook-auth': 'the secre' })).toBe(false)
    expect(await verify({})).toBe(false)
  })
})

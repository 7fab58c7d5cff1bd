import { describe, expect, it } from 'vitest'
import { kwatch } from './kwatch.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

describe('kwatch', () => {
  const alert = {
    eventType: 'ALERT',
    summary: 'CrashLoopBackOff: shop/web',
    message: 'Cluster: prod',
    priority: 'HIGH',
  }

  it('opens and resolves by its key', () => {
    expect(readOne(kwatch, { ...alert, alertKey: 'prod/web' })).toMatchObject({
      ...{ type: 'ALERT', key: 'prod/web', priority: 'HIGH', severity: 'HIGH', details: 'Cluster: prod' },
    })
    expect(readOne(kwatch, { ...alert, eventType: 'RESOLVE', alertKey: 'prod/web' }).type).toBe('RESOLVE')
  })

  it('takes the first version, which has no key and any priority', () => {
    expect(readOne(kwatch, { ...alert, priority: 'CRITICAL' })).toMatchObject({
      ...{ key: null, priority: null, severity: 'CRITICAL' },
    })
  })

  it('takes its webhook, with a key for each reason at a pod', () => {
    const body = { Cluster: 'prod', Namespace: 'shop', Name: 'web-1', Reason: 'OOMKilled', Events: 'killed', Logs: '' }
    expect(readOne(kwatch, body)).toMatchObject({
      ...{ type: 'ALERT', key: 'prod/shop/web-1/OOMKilled', summary: 'OOMKilled: prod/shop/web-1', details: 'killed' },
    })
  })

  it('opens nothing for what kwatch says about itself', () => {
    expect(kwatch.read(requestOf({ Cluster: 'prod', Message: 'Welcome' }))).toMatchObject({ events: [] })
    expect(() => readOne(kwatch, {})).toThrow(/eventType/)
  })
})

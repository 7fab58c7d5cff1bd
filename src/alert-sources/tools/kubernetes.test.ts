import { describe, expect, it } from 'vitest'
import { kubernetes } from './kubernetes.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const event = (more = {}) => ({
  metadata: { name: 'web-1.17a1', namespace: 'shop' },
  ...{ type: 'Warning', reason: 'BackOff', message: 'Back-off restarting', clusterName: 'prod', count: 3 },
  source: { component: 'kubelet', host: 'node-1' },
  involvedObject: { kind: 'Pod', namespace: 'shop', name: 'web-1', labels: { app: 'web' } },
  ...more,
})

describe('an Event of Kubernetes', () => {
  it('opens an incident for its object and reason', () => {
    expect(readOne(kubernetes, event())).toMatchObject({
      ...{ type: 'ALERT', key: 'prod/shop/Pod/web-1/BackOff', severity: 'Warning', details: 'Back-off restarting' },
      summary: 'BackOff: Pod shop/web-1 in prod',
      labels: { app: 'web', cluster: 'prod', node: 'node-1' },
    })
  })

  it('has the same key when Kubernetes makes a new Event of the same problem', () => {
    const again = event({ metadata: { name: 'web-1.ffff', namespace: 'shop' }, count: 1, message: 'And again' })
    expect(readOne(kubernetes, again).key).toBe(readOne(kubernetes, event()).key)
  })

  it('is no problem where its type is Normal', () => {
    expect(kubernetes.read(requestOf(event({ type: 'Normal' })))).toMatchObject({ events: [] })
  })

  it('may be iLert’s, of its agent', () => {
    expect(readOne(kubernetes, { eventType: 'RESOLVE', alertKey: 'k', summary: 'x' })).toMatchObject({
      ...{ type: 'RESOLVE', key: 'k' },
    })
    expect(() => readOne(kubernetes, { kind: 'Pod' })).toThrow(/involvedObject/)
  })
})

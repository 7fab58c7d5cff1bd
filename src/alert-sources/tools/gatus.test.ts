import { describe, expect, it } from 'vitest'
import { gatus } from './gatus.ts'
import { readOne } from './tool-request.fixtures.ts'

const report = (more = {}) => ({
  ...{ name: 'checkout', group: 'shop', status: 'firing', title: 'shop/checkout', details: 'health check failed' },
  condition_results: [
    { condition: '[STATUS] (503) == 200', success: false },
    { condition: '[RESPONSE_TIME] < 500', success: true },
  ],
  url: 'https://shop.example.com/health',
  ...more,
})

describe('Gatus', () => {
  it('opens an endpoint’s incident and says which conditions failed', () => {
    expect(readOne(gatus, report())).toMatchObject({
      ...{ type: 'ALERT', key: 'shop/checkout', summary: 'shop/checkout fails its health check' },
      details: 'health check failed\nFailed: [STATUS] (503) == 200',
    })
  })

  it('resolves it under the same key', () => {
    expect(readOne(gatus, report({ status: 'resolved' }))).toMatchObject({ type: 'RESOLVE', key: 'shop/checkout' })
  })

  it('takes the words of the custom provider', () => {
    expect(readOne(gatus, { name: 'api', group: '', status: 'TRIGGERED' })).toMatchObject({ type: 'ALERT', key: 'api' })
    expect(readOne(gatus, { name: 'api', status: 'RESOLVED' }).type).toBe('RESOLVE')
  })

  it('says what is missing', () => {
    expect(() => readOne(gatus, report({ status: 'flaky' }))).toThrow(/status/)
    expect(() => readOne(gatus, report({ name: null }))).toThrow(/name/)
  })
})

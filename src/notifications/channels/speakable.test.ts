import { describe, it } from 'vitest'
import { speakable } from './speakable.ts'

describe('what is read out', () => {
  it.for([
    ['Disk full on db-1', 'Disk full on db-1'],
    ['Pod 3f2504e0-4f89-11d3-9a0c-0305e82c3301 is gone', 'Pod is gone'],
    ['Pod {3F2504E04F8911D39A0C0305E82C3301} is gone', 'Pod is gone'],
    ['Build of d670460b4b4aece5915caf5c68d12f560a9fe3e4 failed', 'Build of failed'],
    ['See https://www.grafana.example.com/d/abc123?orgId=1&from=now: CPU', 'See grafana.example.com CPU'],
    ['Down (https://shop.example.com/health)', 'Down (shop.example.com )'],
    ['web-7d9f8c6b5-x2x9zq4k8m1p0v6 restarts', 'restarts'],
    ['Donaudampfschifffahrtsgesellschaft ist gesperrt', 'Donaudampfschifffahrtsgesellschaft ist gesperrt'],
    ['[FIRING:1] **HighLoad** | prod_eu', 'FIRING:1 HighLoad prod eu'],
    ['Load 0.93, 20 of 24 cores', 'Load 0.93, 20 of 24 cores'],
    ['a\n\tb\u0007c', 'a b c'],
    ['2b1f6a3c-2b1f-4a3c-8a3c-2b1f6a3c2b1f', ''],
    ['   ', ''],
    ['', ''],
  ] as const)('%j is %j', ([text, spoken], { expect }) => {
    expect(speakable(text)).toBe(spoken)
  })

  it('of a hostile text is little, and soon', ({ expect }) => {
    const startedAt = Date.now()
    for (const text of ['a'.repeat(100_000), '('.repeat(100_000), `http://${'/'.repeat(100_000)}`, '-'.repeat(100_000)])
      expect(speakable(text).length).toBeLessThanOrEqual(2_000)
    expect(Date.now() - startedAt).toBeLessThan(1_000)
  })
})

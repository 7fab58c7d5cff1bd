import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelFingerprint } from './label-fingerprint.ts'

describe('the fingerprint of labels', () => {
  it('is the one that Alertmanager gives them', () => {
    expect(labelFingerprint({ alertname: 'thing_dead', severity: 'critical' })).toBe('2f30fca22fdaa8ef')
    expect(labelFingerprint({})).toBe('cbf29ce484222325')
  })

  it('is FNV-1a of 64 bits, whatever the labels and their order', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), (labels) => {
        expect(labelFingerprint(labels)).toBe(slowly(labels))
        expect(labelFingerprint(Object.fromEntries(Object.entries(labels).reverse()))).toBe(slowly(labels))
      }),
    )
  })
})

/** The definition, word for word. */
function slowly(labels: Record<string, string>): string {
  const names = Object.keys(labels).sort()
  const bytes = names
    .flatMap((name) => [name, labels[name] ?? ''])
    .flatMap((text) => [...new TextEncoder().encode(text), 0xff])
  const hash = bytes.reduce(
    (sum, byte) => BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n),
    0xcbf29ce484222325n,
  )
  return hash.toString(16).padStart(16, '0')
}

import { describe, it } from 'vitest'
import { incidentId, incidentNumber, incidentReference, parseReference } from './reference.ts'

describe('incident ids and references', () => {
  it('hold the source and the number', ({ expect }) => {
    expect(incidentNumber(incidentId(2 ** 21 - 1, 4_294_967_295))).toEqual({
      sourceId: 2 ** 21 - 1,
      number: 4_294_967_295,
    })
    expect(Number.isSafeInteger(incidentId(2 ** 21 - 1, 4_294_967_295))).toBe(true)
  })

  it('are read in any case', ({ expect }) => {
    expect(parseReference(' prom-42 ')).toEqual({ shortName: 'PROM', number: 42 })
    expect(incidentReference('PROM', 42)).toBe('PROM-42')
  })

  it.for(['', 'PROM', 'PROM-', 'PROM-0', '-1', 'PROM-042', '1PROM-1', 'PROM-99999999999', '12884901889'])(
    'take %o for no reference',
    (text, { expect }) => {
      expect(parseReference(text)).toBeNull()
    },
  )
})

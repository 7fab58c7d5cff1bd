import fc from 'fast-check'
import { describe, it } from 'vitest'
import { readRequestId, requestIdOf } from './opsgenie-request.ts'

const created = { action: 'Create', outcome: 'opened', alias: 'db-1/disk', processedAt: 1_767_614_400_000 } as const

describe("a request's id", () => {
  it('carries what became of the request, whatever the alias', ({ expect }) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (alias) => {
        const id = requestIdOf({ ...created, alias })
        expect(id).toMatch(/^[\w-]+$/)
        expect(readRequestId(id)).toEqual({ ...created, alias })
      }),
    )
  })

  it('is another one for the same again', ({ expect }) => {
    expect(requestIdOf(created)).not.toBe(requestIdOf(created))
  })

  it.for([
    '',
    'x',
    '%',
    crypto.randomUUID(),
    btoa('[]'),
    btoa('["Create","exploded","a",1,"x"]'),
    btoa('null'),
    `${requestIdOf(created)}\n`,
  ])('that was never given is none: %j', (id, { expect }) => {
    expect(readRequestId(id)).toBeNull()
  })
})

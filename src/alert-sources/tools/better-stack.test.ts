import { describe, it } from 'vitest'
import { betterStack } from './better-stack.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const incident = (event: string | undefined, attributes = {}) => ({
  event,
  data: { id: '25', type: 'incident', attributes: { name: 'Shop', cause: 'Status 503', ...attributes } },
})

describe('Better Stack', () => {
  it('follows an incident', ({ expect }) => {
    expect(readOne(betterStack, incident('started'))).toMatchObject({
      ...{ type: 'ALERT', key: '25', summary: 'Shop: Status 503' },
    })
    expect(readOne(betterStack, incident('acknowledged'))).toMatchObject({ type: 'ACCEPT', key: '25' })
    expect(readOne(betterStack, incident('resolved'))).toMatchObject({ type: 'RESOLVE', key: '25' })
  })

  it('goes by the dates where no event is named', ({ expect }) => {
    const at = '2026-01-05T10:00:00Z'
    expect(readOne(betterStack, incident(undefined, { acknowledged_at: null, resolved_at: null })).type).toBe('ALERT')
    expect(readOne(betterStack, incident(undefined, { acknowledged_at: at, resolved_at: null })).type).toBe('ACCEPT')
    expect(readOne(betterStack, incident(undefined, { acknowledged_at: at, resolved_at: at })).type).toBe('RESOLVE')
  })

  it('opens nothing for a monitor that is created or changed', ({ expect }) => {
    const body = { event: 'created', data: { id: '1', type: 'monitor', attributes: {} } }
    expect(betterStack.read(requestOf(body))).toEqual({ events: [], ignored: expect.stringContaining('monitor') })
  })

  it('says which field is missing', ({ expect }) => {
    expect(() => readOne(betterStack, {})).toThrow(/data\.type/)
    expect(() => readOne(betterStack, { data: { type: 'incident' } })).toThrow(/data\.id/)
  })
})

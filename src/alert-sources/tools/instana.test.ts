import { describe, it } from 'vitest'
import { instana } from './instana.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const issue = (values: object) => ({ issue: { id: 'i-1', type: 'issue', ...values } })

describe('Instana', () => {
  it('opens an issue and resolves it, though the end may come with nothing but the id', ({ expect }) => {
    const open = {
      state: 'OPEN',
      severity: 10,
      text: 'GC activity high',
      suggestion: 'Tune it.',
      entityLabel: 'Shop JVM',
    }
    expect(readOne(instana, issue(open))).toMatchObject({
      ...{ type: 'ALERT', key: 'i-1', summary: 'GC activity high on Shop JVM', severity: '10', severityLevel: 1 },
    })
    expect(readOne(instana, { issue: { id: 'i-1', state: 'CLOSED', end: 1 } })).toMatchObject({
      ...{ type: 'RESOLVE', key: 'i-1', summary: '' },
    })
  })

  it('knows 5 for a warning', ({ expect }) => {
    expect(readOne(instana, issue({ state: 'OPEN', severity: 5 })).severityLevel).toBe(3)
  })

  it('opens nothing for a change or an entity that goes online or offline', ({ expect }) => {
    const reading = instana.read(requestOf(issue({ type: 'presence', text: 'offline' })))
    expect(reading).toEqual({ events: [], ignored: expect.stringContaining('presence') })
  })

  it('says which field is missing', ({ expect }) => {
    expect(() => readOne(instana, {})).toThrow(/issue/)
    expect(() => readOne(instana, { issue: {} })).toThrow(/issue\.id/)
  })
})

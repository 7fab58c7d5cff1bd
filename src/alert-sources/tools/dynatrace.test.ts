import { describe, it } from 'vitest'
import { dynatrace } from './dynatrace.ts'
import { Unreadable } from './tool.ts'
import { readOne } from './tool-request.fixtures.ts'

const problem = (State: string, more = {}) => ({
  ...{ State, PID: '-12_34V2', ProblemID: 'P-26', ProblemTitle: 'Failure rate increase', ProblemSeverity: 'ERROR' },
  ...more,
})

describe('Dynatrace', () => {
  it('opens a problem and resolves it when it is closed or merged into another', ({ expect }) => {
    const ImpactedEntities = [{ type: 'SERVICE', name: 'checkout', entity: 'SERVICE-1' }]
    expect(readOne(dynatrace, problem('OPEN', { ImpactedEntities, Tags: 'prod, team:shop' }))).toMatchObject({
      ...{ type: 'ALERT', key: '-12_34V2', summary: 'Failure rate increase on checkout', severity: 'ERROR' },
      labels: { problem: 'P-26', team: 'shop', entity: 'checkout' },
    })
    for (const state of ['RESOLVED', 'MERGED', 'resolved'])
      expect(readOne(dynatrace, problem(state))).toMatchObject({ type: 'RESOLVE', key: '-12_34V2' })
  })

  it('takes a placeholder that was not filled in for missing', ({ expect }) => {
    expect(readOne(dynatrace, problem('OPEN', { PID: '{PID}' })).key).toBe('P-26')
    expect(() => readOne(dynatrace, problem('{State}'))).toThrow(Unreadable)
  })

  it('reads the address under the name that Dynatrace’s own example gives it', ({ expect }) => {
    expect(readOne(dynatrace, problem('OPEN', { 'Problem URL': 'https://x.example.com' })).links).toEqual([
      { href: 'https://x.example.com', text: 'Dynatrace' },
    ])
  })
})

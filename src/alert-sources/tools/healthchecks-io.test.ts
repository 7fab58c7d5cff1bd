import { describe, it } from 'vitest'
import { healthchecksIo } from './healthchecks-io.ts'
import { Unreadable } from './tool.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const UUID = '5f1c3b1e-9d2a-4a59-8f53-0d6f2a1b7c11'

describe('Healthchecks.io', () => {
  it('finds the state in a header, the query, JSON or a sentence', ({ expect }) => {
    for (const event of [
      readOne(healthchecksIo, '', { headers: { 'check-status': 'down' }, query: { name: 'db-backup' } }),
      readOne(healthchecksIo, '', { query: { status: 'down', name: 'db-backup' } }),
      readOne(healthchecksIo, { status: 'down', name: 'db-backup' }),
      readOne(healthchecksIo, 'db-backup is DOWN'),
    ])
      expect(event).toMatchObject({ type: 'ALERT', key: 'db-backup', summary: expect.stringMatching(/is down/i) })
  })

  it('resolves when the check is up again, under the same key', ({ expect }) => {
    expect(readOne(healthchecksIo, { status: 'up', uuid: UUID })).toMatchObject({ type: 'RESOLVE', key: UUID })
    expect(readOne(healthchecksIo, 'db-backup is up')).toMatchObject({ type: 'RESOLVE', key: 'db-backup' })
  })

  it('takes the code from the address before anything else', ({ expect }) => {
    expect(readOne(healthchecksIo, 'db-backup is down', { query: { code: UUID, status: 'down' } })).toMatchObject({
      ...{ key: UUID, summary: 'db-backup is down' },
    })
  })

  it('is not misled by a name that has a state in it', ({ expect }) => {
    expect(readOne(healthchecksIo, 'scale-up is down')).toMatchObject({ type: 'ALERT', key: 'scale-up' })
    expect(readOne(healthchecksIo, 'shut down is up')).toMatchObject({ type: 'RESOLVE', key: 'shut down' })
  })

  it('links to the page of the check', ({ expect }) => {
    const update_url = `https://checks.example.com/api/v3/checks/${UUID}`
    expect(readOne(healthchecksIo, { status: 'down', uuid: UUID, update_url }).links).toEqual([
      { href: `https://checks.example.com/checks/${UUID}/details/`, text: 'Healthchecks' },
    ])
  })

  it('opens nothing for a check that is neither, and says what to do where no state came', ({ expect }) => {
    expect(healthchecksIo.read(requestOf({ status: 'paused' }))).toEqual({
      ...{ events: [], ignored: expect.stringContaining('paused') },
    })
    for (const body of ['', 'Backup', '{}', '[]']) expect(() => readOne(healthchecksIo, body)).toThrow(Unreadable)
  })
})

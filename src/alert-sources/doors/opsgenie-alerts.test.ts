import fc from 'fast-check'
import { describe, it } from 'vitest'
import { type Command, operationOf, readAlert, readCommand } from './opsgenie-alerts.ts'

describe('an address of the Alert API', () => {
  it.for(['', '/'])('creates: %j', (path, { expect }) => {
    expect(operationOf('POST', path)).toEqual({ kind: 'create' })
  })

  it.for([
    ['POST', '/web-1/close', 'close', 'web-1'],
    ['POST', '/web-1/close/', 'close', 'web-1'],
    ['POST', '/Shop%20API/close', 'close', 'Shop API'],
    ['POST', '/db%2Fdisk/acknowledge', 'acknowledge', 'db/disk'],
    ['POST', '/db/disk/acknowledge', 'acknowledge', 'db/disk'],
    ['POST', '/Z%C3%BCrich/notes', 'notes', 'Zürich'],
    ['POST', '/100%/close', 'close', '100%'],
    ['POST', '/close/close', 'close', 'close'],
    ['POST', '/a/unacknowledge', 'unacknowledge', 'a'],
    ['POST', '/a/snooze', 'snooze', 'a'],
    ['POST', '/a/escalate', 'escalate', 'a'],
    ['POST', '/a/assign', 'assign', 'a'],
    ['POST', '/a/responders', 'responders', 'a'],
    ['POST', '/a/teams', 'teams', 'a'],
    ['POST', '/a/tags', 'tags', 'a'],
    ['POST', '/a/details', 'details', 'a'],
    ['PUT', '/a/message', 'message', 'a'],
    ['PUT', '/a/description', 'description', 'a'],
    ['PUT', '/a/priority', 'priority', 'a'],
    ['DELETE', '/a', 'delete', 'a'],
    ['DELETE', '/a/tags', 'remove-tags', 'a'],
    ['DELETE', '/a/details/', 'remove-details', 'a'],
  ] as const)('%s %s is %s of %s', ([method, path, command, identifier], { expect }) => {
    expect(operationOf(method, path)).toEqual({ kind: 'command', command, identifier, argument: null })
  })

  it('runs an action by its name', ({ expect }) => {
    expect(operationOf('POST', '/a/actions/re%20start')).toEqual({
      kind: 'command',
      ...{ command: 'actions', identifier: 'a', argument: 're start' },
    })
  })

  it('asks', ({ expect }) => {
    expect(operationOf('GET', '/requests/r-1')).toEqual({ kind: 'request-status', requestId: 'r-1' })
    expect(operationOf('GET', '/web-1')).toEqual({ kind: 'get', identifier: 'web-1' })
    expect(operationOf('GET', '/notes')).toEqual({ kind: 'get', identifier: 'notes' })
  })

  it.for([
    ['GET', ''],
    ['GET', '/a/notes'],
    ['GET', '/a/logs'],
    ['POST', '/a'],
    ['POST', '/close'],
    ['POST', '/a/explode'],
    ['POST', '/a/constructor'],
    ['PUT', '/a/close'],
    ['PUT', '/message'],
    ['DELETE', ''],
    ['PATCH', '/a/close'],
    ['OPTIONS', '/a/close'],
  ] as const)('%s %s is not served', ([method, path], { expect }) => {
    expect(operationOf(method, path)).toBeNull()
  })

  it('names the same alert however it is encoded', ({ expect }) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (alias) => {
        expect(operationOf('POST', `/${encodeURIComponent(alias)}/close`)).toMatchObject({ identifier: alias })
      }),
    )
  })
})

function alert(body: object) {
  const read = readAlert(JSON.stringify({ message: 'Disk full', ...body }), 'new-id')
  if (!('event' in read)) throw new Error(JSON.stringify(read))
  return read.event
}

describe('an alert', () => {
  it('is read in full', ({ expect }) => {
    expect(
      alert({
        alias: 'db-1/disk',
        description: 'Nothing left',
        responders: [
          { name: 'TeamA', type: 'team' },
          { username: 'ann@example.com', type: 'user' },
        ],
        visibleTo: [{ name: 'TeamB', type: 'team' }],
        actions: ['Restart'],
        tags: ['prod', 'db'],
        details: { 'Total pings': 812, Schedule: '<code>0 2 * * *</code>' },
        entity: 'db-1',
        source: 'http://prometheus.example.com/',
        priority: 'P1',
        user: 'ann',
        note: 'Seen twice',
      }),
    ).toEqual({
      type: 'ALERT',
      key: 'db-1/disk',
      summary: 'Disk full',
      details: 'Nothing left',
      severity: 1,
      links: [{ href: 'http://prometheus.example.com/', text: 'Source' }],
      labels: {
        ...{ severity: 'P1', source: 'http://prometheus.example.com/', entity: 'db-1', user: 'ann' },
        ...{ tags: 'prod, db', responders: 'TeamA, ann@example.com', actions: 'Restart' },
      },
      comments: [{ creator: 'ann', content: 'Seen twice' }],
      customDetails: { 'Total pings': 812, Schedule: '<code>0 2 * * *</code>' },
    })
  })

  it('needs a message and nothing else', ({ expect }) => {
    expect(alert({})).toEqual({
      ...{ type: 'ALERT', key: 'new-id', summary: 'Disk full', details: null, severity: null },
      ...{ links: [], labels: {}, comments: [], customDetails: null },
    })
  })

  it.for([
    ['message', { message: '' }],
    ['message', { message: {} }],
    ['message', { message: 'x'.repeat(131) }],
    ['alias', { alias: 'x'.repeat(513) }],
    ['priority', { priority: 'P6' }],
    ['priority', { priority: 'urgent' }],
  ] as const)('with a wrong %s can not be processed, and the field is named', ([field, wrong], { expect }) => {
    const read = readAlert(JSON.stringify({ message: 'Disk full', ...wrong }), 'new-id')
    expect(read).toMatchObject({ status: 422, errors: { [field]: expect.stringMatching(/^(can not|should) be/) } })
  })

  it('may be as long as Opsgenie has it, in characters as people count them', ({ expect }) => {
    expect(alert({ message: '🔥'.repeat(130), alias: 'x'.repeat(512) }).summary).toBe('🔥'.repeat(130))
  })

  it('is not lost because something beside its name is long', ({ expect }) => {
    const long = { description: 'x'.repeat(20_000), tags: Array(50).fill('tag'), note: 'x'.repeat(30_000) }
    expect(alert(long).summary).toBe('Disk full')
  })

  it.for(['', '{', '[]', 'null'])('that is no JSON object is a syntax error: %j', (text, { expect }) => {
    expect(readAlert(text, 'new-id')).toMatchObject({ status: 400 })
  })
})

function commanded(command: Command, body: object | string = '', query = {}, argument: string | null = null) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const read = readCommand({ kind: 'command', command, identifier: 'k', argument }, text, query, 'k')
  if (!('event' in read)) throw new Error(JSON.stringify(read))
  return read.event
}

describe('what is asked of an alert', () => {
  it('closes, acknowledges and deletes, with no body too', ({ expect }) => {
    expect(commanded('close')).toMatchObject({ type: 'RESOLVE', key: 'k', summary: 'Closed by a client' })
    expect(commanded('close', { source: 'Uptime Kuma' })).toMatchObject({ summary: 'Closed by Uptime Kuma' })
    expect(commanded('delete', '', { source: 'ci' })).toMatchObject({ type: 'RESOLVE', summary: 'Deleted by ci' })
    expect(commanded('acknowledge', { user: 'ann', note: 'On it' })).toMatchObject({
      ...{ type: 'ACCEPT', summary: 'Acknowledged by ann' },
      comments: [{ creator: 'ann', content: 'On it' }],
    })
  })

  it('notes', ({ expect }) => {
    expect(commanded('notes', { user: 'ann', note: 'On it' })).toMatchObject({
      ...{ type: 'COMMENT', comments: [{ creator: 'ann', content: 'On it' }] },
    })
    expect(() => commanded('notes', {})).toThrow('can not be empty')
  })

  it.for([
    ['unacknowledge', {}, 'take its acknowledgement back'],
    ['snooze', { endTime: '2026-01-05T13:00:00Z' }, 'snooze it until 2026-01-05T13:00:00Z'],
    ['escalate', { escalation: { name: 'Nightly' } }, 'escalate it to Nightly'],
    ['assign', { owner: { username: 'ann@example.com' } }, 'assign it to ann@example.com'],
    ['responders', { responder: { id: 'r1', type: 'team' } }, 'add the responder r1'],
    ['teams', { team: { name: 'Web' } }, 'add the team Web'],
    ['tags', { tags: ['prod', 'db'] }, 'add the tags prod, db'],
    ['details', { details: { host: 'db-1', n: 2 } }, 'add the details host: db-1, n: 2'],
    ['message', { message: 'Load high' }, 'change its message to “Load high”'],
    ['description', { description: 'Longer' }, 'change its description to “Longer”'],
    ['priority', { priority: 'P2' }, 'change its priority to P2'],
  ] as const)('%s is only noted, and said to be only noted', ([command, body, words], { expect }) => {
    const event = commanded(command, { user: 'ann', ...body })
    expect(event).toMatchObject({ type: 'COMMENT', key: 'k' })
    expect(event.summary).toBe(
      `ann asked over the Opsgenie API to ${words}. That was only noted: do it here if it is wanted.`,
    )
  })

  it('may be in the query of a DELETE, and in the address', ({ expect }) => {
    expect(commanded('remove-tags', '', { tags: 'prod,db' }).summary).toContain('remove the tags prod,db')
    expect(commanded('remove-details', '', { keys: 'host' }).summary).toContain('remove the details host')
    expect(commanded('actions', {}, {}, 'Restart').summary).toContain('run the action Restart')
  })

  it.for([
    ['priority', '{"priority":"P9"}'],
    ['priority', '{}'],
    ['message', '{"message":" "}'],
    ['description', '{}'],
  ] as const)('with a wrong %s can not be processed', ([command, text], { expect }) => {
    const read = readCommand({ kind: 'command', command, identifier: 'k', argument: null }, text, {}, 'k')
    expect(read).toMatchObject({ status: 422, errors: { [command]: expect.any(String) } })
  })

  it('that is no JSON is a syntax error', ({ expect }) => {
    const read = readCommand({ kind: 'command', command: 'close', identifier: 'k', argument: null }, '{', {}, 'k')
    expect(read).toMatchObject({ status: 400 })
  })
})

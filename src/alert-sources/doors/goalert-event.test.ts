import { describe, it } from 'vitest'
import { readGoAlert } from './goalert-event.ts'

const read = (query: string, form = '', json: string | null = null) =>
  readGoAlert(new URLSearchParams(query), new URLSearchParams(form), json)

describe("an event of GoAlert's generic API", () => {
  const expected = { type: 'ALERT', key: 'db-1', summary: 'Disk full', details: 'on db-1', labels: {} }

  it('may be in the query, in a form or in JSON', async ({ expect }) => {
    const fields = 'summary=Disk+full&details=on+db-1&dedup=db-1'
    expect(await read(fields)).toEqual(expected)
    expect(await read('', fields)).toEqual(expected)
    expect(await read('', '', '{"summary":"Disk full","details":"on db-1","dedup":"db-1"}')).toEqual(expected)
  })

  it('is what the body says where both say something', async ({ expect }) => {
    expect(await read('summary=Other&dedup=db-1', 'summary=Disk+full')).toMatchObject({
      ...{ summary: 'Disk full', key: 'db-1' },
    })
  })

  it('closes', async ({ expect }) => {
    expect(await read('action=close&dedup=db-1')).toMatchObject({ type: 'RESOLVE', key: 'db-1' })
    expect(await read('action=CLOSE&summary=Disk+full')).toMatchObject({ type: 'RESOLVE' })
  })

  it('without dedup is the same problem as another with the same text, and closes it', async ({ expect }) => {
    const opened = await read('summary=Disk+full&details=on+db-1')
    const closing = await read('', '', '{"action":"close","summary":"Disk full","details":"on db-1"}')
    const other = await read('summary=Disk+full&details=on+db-2')
    expect(closing.key).toBe(opened.key)
    expect(other.key).not.toBe(opened.key)
    expect(opened.key).toMatch(/^auto:[0-9a-f]{64}$/)
  })

  it('has its meta data as labels', async ({ expect }) => {
    expect((await read('summary=a&meta=host%3Ddb-1&meta=nothing', 'meta=rack%3D4%3D2&meta=x%3D1')).labels).toEqual({
      ...{ host: 'db-1', rack: '4=2', x: '1' },
    })
    expect((await read('', '', '{"summary":"a","meta":{"host":"db-1","n":2,"no":[]}}')).labels).toEqual({
      ...{ host: 'db-1', n: '2' },
    })
  })

  it.for([
    ['', '', null],
    ['summary=+', '', null],
    ['action=close', '', null],
    ['', '', '{'],
    ['', '', '[]'],
    ['', '', '{"summary":{}}'],
  ] as const)('that is none is refused: %j', async ([query, form, json], { expect }) => {
    await expect(read(query, form, json)).rejects.toThrow(/summary is missing|JSON/)
  })
})

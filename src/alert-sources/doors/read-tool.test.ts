import fc from 'fast-check'
import { describe, it } from 'vitest'
import { genericJson } from '../tools/generic-json.ts'
import { type Reading, Unreadable } from '../tools/tool.ts'
import { toolRequest } from '../tools/tool-request.ts'
import { isEventBody, readTool } from './read-tool.ts'

const request = toolRequest({ method: 'POST', headers: {}, query: {}, body: '{"host":"db-1"}' })
const tool = (read: () => Reading) => ({ name: 'Example', read })

describe("a tool's request", () => {
  it('becomes bounded events', async ({ expect }) => {
    const events = [{ type: 'ALERT' as const, key: ' disk ', summary: 'Disk full\n on db-1', severity: 'critical' }]
    expect(
      await readTool(
        tool(() => ({ events })),
        request,
      ),
    ).toEqual({
      events: [
        expect.objectContaining({
          ...{ type: 'ALERT', key: 'disk', summary: 'Disk full on db-1', severity: 1 },
          ...{ labels: { severity: 'critical' }, customDetails: { host: 'db-1' } },
        }),
      ],
      ignored: null,
      confirm: null,
    })
  })

  it('that says nothing new says why', async ({ expect }) => {
    const ignored = { events: [], ignored: 'It flaps.' }
    expect(
      await readTool(
        tool(() => ignored),
        request,
      ),
    ).toEqual({ ...ignored, confirm: null })
    expect(
      await readTool(
        tool(() => ({ events: [] })),
        request,
      ),
    ).toMatchObject({
      ignored: 'Example says nothing new with this request.',
    })
  })

  it('that is not what the tool sends is refused, and the field named', async ({ expect }) => {
    const unreadable = (field: string | null) =>
      tool(() => {
        throw new Unreadable('alerts is missing', field)
      })
    const refused = { status: 400, code: 'BAD_REQUEST', message: 'alerts is missing' }
    expect(await readTool(unreadable('alerts'), request)).toEqual({ refused: { ...refused, field: 'alerts' } })
    expect(await readTool(unreadable(null), request)).toEqual({ refused })
  })

  it('that breaks the reader is our own failure, not the sender’s', async ({ expect }) => {
    const broken = tool(() => {
      throw new TypeError('no such thing')
    })
    await expect(readTool(broken, request)).rejects.toThrow(TypeError)
  })

  it('of any form is read or refused', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (body) => {
        const read = await readTool(genericJson, toolRequest({ method: 'POST', headers: {}, query: {}, body }))
        if ('refused' in read) expect(read.refused.status).toBe(400)
        else expect(read.events.length > 0).toBe(read.ignored === null)
      }),
    )
  })
})

describe("iLert's Event JSON", () => {
  it.for(['{"eventType":"ALERT"}', '{"eventType":" resolve "}', '{"eventType":"COMMENT","apiKey":null}'])(
    'is known by its type: %s',
    (text, { expect }) => {
      expect(isEventBody(text)).toBe(true)
    },
  )

  it.for(['', '{', '[]', 'null', '{}', '{"eventType":"deploy"}', '{"eventType":1}', '[{"eventType":"ALERT"}]'])(
    'is not: %s',
    (text, { expect }) => {
      expect(isEventBody(text)).toBe(false)
    },
  )
})

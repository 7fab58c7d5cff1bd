import { describe, expect, it } from 'vitest'
import { normalise } from './normalise.ts'
import type { ToolEvent } from './tool.ts'
import { requestOf } from './tool-request.fixtures.ts'

const event: ToolEvent = { type: 'ALERT', key: 'k', summary: 'Disk full' }
const request = requestOf({ host: 'db-1' })

describe("a reader's event", () => {
  it('has its severity as a level and, as it was sent, as a label', async () => {
    expect(await normalise([{ ...event, severity: 'Critical', labels: { host: 'db-1' } }], request)).toMatchObject([
      { severity: 1, labels: { severity: 'Critical', host: 'db-1' } },
    ])
  })

  it('has the level that its reader knows better, and the label too', async () => {
    const own = { ...event, severity: 'Sev2', severityLevel: 3, labels: { severity: 'page' } }
    expect(await normalise([own], request)).toMatchObject([{ severity: 3, labels: { severity: 'Sev2' } }])
    expect(await normalise([{ ...event, severity: 'purple' }], request)).toMatchObject([{ severity: null }])
  })

  it('keeps the severity among more labels than it may have', async () => {
    const labels = Object.fromEntries(Array.from({ length: 200 }, (_, number) => [`label${number}`, 'x']))
    expect(await normalise([{ ...event, severity: 'high', labels }], request)).toMatchObject([
      { labels: { severity: 'high', label0: 'x' } },
    ])
  })

  it('loses what the tool did not send', async () => {
    const loose: ToolEvent = {
      ...event,
      links: [{ href: null }, { href: 'https://example.com/1', text: null }, { href: 'javascript:alert(1)' }],
      images: [{ src: null }, { src: 'https://example.com/1.png', alt: null }],
      labels: { host: null, region: undefined, team: 'shop', empty: '' },
    }
    expect(await normalise([loose], request)).toMatchObject([
      {
        links: [{ href: 'https://example.com/1' }],
        images: [{ src: 'https://example.com/1.png' }],
        labels: { team: 'shop' },
      },
    ])
  })

  it.each([
    ['<b>Disk full</b> on <a href="https://example.com">db-1</a>', 'Disk full on db-1'],
    ['Disk<br/>full', 'Disk full'],
    ['5 < 6 and 7 > 6', '5 < 6 and 7 > 6'],
    ['No pods of <none> in List<String>', 'No pods of <none> in List<String>'],
  ])('has a summary without markup: %s', async (summary, plain) => {
    expect(await normalise([{ ...event, summary }], request)).toMatchObject([{ summary: plain }])
  })
})

describe('the details of an event', () => {
  it('are the part that its reader names, or the whole request', async () => {
    expect(await normalise([{ ...event, payload: { a: 1 } }], request)).toMatchObject([{ customDetails: { a: 1 } }])
    expect(await normalise([event], request)).toMatchObject([{ customDetails: { host: 'db-1' } }])
    expect(await normalise([event], requestOf([1, 2]))).toMatchObject([{ customDetails: { items: [1, 2] } }])
    expect(await normalise([{ ...event, payload: null }], request)).toMatchObject([{ customDetails: null }])
  })

  it('are the fields of a form, else the query', async () => {
    const form = requestOf('a=1', { form: { a: '1' }, query: { q: '1' } })
    expect(await normalise([event], form)).toMatchObject([{ customDetails: { a: '1' } }])
    expect(await normalise([event], requestOf('', { query: { q: '1' } }))).toMatchObject([
      { customDetails: { q: '1' } },
    ])
    expect(await normalise([event], requestOf('text'))).toMatchObject([{ customDetails: null }])
  })

  it('do not multiply a large request', async () => {
    const large = requestOf({ text: 'x'.repeat(200_000) })
    const many = await normalise(Array(100).fill(event), large)
    expect(JSON.stringify(many).length).toBeLessThan(1_000_000)
    expect(await normalise([event], large)).toMatchObject([{ customDetails: { text: expect.any(String) } }])
  })
})

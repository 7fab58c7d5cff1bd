import { describe } from 'vitest'
import { it, mail } from './harness/tocsin.ts'

describe('the page behind a link', () => {
  it('shows the incident, never acts on a GET, and takes the other acts too', async ({ tocsin, expect }) => {
    const ann = await tocsin.user('Ann', mail())
    const source = await tocsin.source(await tocsin.policy([[ann]]))
    await source.alert('Disk <full>')
    const { message } = await ann.getsMail('Disk <full>')
    const url = message.actions.find(({ action }) => action === 'accept')?.url ?? ''
    for (const method of ['GET', 'HEAD', 'GET']) expect((await tocsin.api.raw(method, url)).status).toBe(200)
    expect((await tocsin.incident('SRC1-1')).status).toBe('PENDING')

    const shown = await tocsin.api.raw('GET', url)
    expect(shown.headers.get('Cache-Control')).toBe('no-store')
    const page = await shown.text()
    expect(page).toContain('<title>SRC1-1 · Tocsin</title>')
    expect(page).toContain('Disk &lt;full&gt;')
    expect(page).toContain('Source 1 · HIGH priority')
    const resolve = /action="(\/act\/[^"]+)"[^>]*><button type="submit" class="secondary">Resolve</.exec(page)?.[1]
    const done = await tocsin.api.raw('POST', `https://tocsin.example.com${resolve}`)
    expect(await done.text()).toContain('Resolved SRC1-1')
    expect(await (await tocsin.api.raw('GET', url)).text()).not.toContain('<button')
  })
})

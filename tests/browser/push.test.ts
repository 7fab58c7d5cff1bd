import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Demo } from '../../scripts/demo.ts'
import type { Rest } from '../../scripts/rest.ts'
import type { Incident, LogEntry } from '../../src/api/schemas/incident.ts'
import type { Device } from '../../src/api/schemas/push-device.ts'
import type { User } from '../../src/api/schemas/user.ts'
import { Product } from '../product/product.ts'
import { openBrowser, signIn, Tab, VIEWS, type View } from './browser.ts'
import { PushPhone } from './push-phone.ts'
import { PushService } from './push-service.ts'
import { stubSubscription } from './push-stub.ts'

const [DESK, , PHONE] = VIEWS

describe('push in the browser', () => {
  let product: Product
  let demo: Demo
  let browser: Browser
  let rest: Rest
  let ada: User
  let service: PushService

  beforeAll(async () => {
    product = await Product.start()
    demo = await product.demo()
    rest = await product.rest()
    ada = await rest.get<User>('/users/current')
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await product?.remove()
  })
  beforeEach(async () => {
    service = await PushService.start()
  })
  afterEach(async () => {
    await removeDevices()
    service.stop()
  })

  const devices = () => rest.get<Device[]>(`/users/${ada.id}/devices`)

  async function removeDevices() {
    for (const { id } of await devices()) await rest.send('DELETE', `/api/v1/users/${ada.id}/devices/${id}`)
  }

  async function visitor(view: View = DESK): Promise<BrowserContext> {
    const context = await signIn(browser, demo, view)
    await stubSubscription(context, service.subscription)
    return context
  }

  /** Opens an incident; answers its reference. */
  async function alert(summary: string): Promise<string> {
    const response = await fetch(`${demo.url}/api/events`, {
      method: 'POST',
      body: JSON.stringify({ integrationKey: demo.integrationKey, eventType: 'ALERT', summary }),
    })
    const { incidentUrl } = (await response.json()) as { incidentUrl: string }
    return new URL(incidentUrl).pathname.split('/').pop() ?? ''
  }

  describe('the worker', () => {
    it('shows a page as it left the server, and its button accepts the incident', async () => {
      const { subscription } = service
      await rest.post(`/users/${ada.id}/devices`, { kind: 'WEB_PUSH', name: 'Chrome on Android', subscription })
      const phone = await PushPhone.open(await visitor(), demo.url)
      const reference = await alert('One checkout in five fails')
      await phone.deliver(await service.gets('One checkout in five fails'))
      const [page] = await phone.shown()
      expect(page).toMatchObject({
        ...{ title: expect.stringContaining(reference), body: 'One checkout in five fails', requireInteraction: true },
        actions: [{ action: 'accept' }, { action: 'resolve' }, { action: 'escalate' }],
      })
      expect(await phone.badge()).toBe(1)

      await phone.click('accept')
      expect(await rest.get<Incident>(`/incidents/${reference}`)).toMatchObject({ status: 'ACCEPTED' })
      const log = await rest.get<LogEntry[]>(`/incidents/${reference}/log-entries`)
      expect(log.map(({ text }) => text).join('\n')).toMatch(/Accepted by Ada Byron by push/)
      // What the server said takes the place of the page, without a sound.
      expect(await phone.shown()).toMatchObject([
        { title: expect.stringContaining(`Accepted ${reference}`), tag: page?.tag, silent: true, actions: [] },
      ])
      expect(await phone.badge()).toBe(0)
    })

    it('says that an answer did not arrive, and keeps the buttons', async () => {
      const phone = await PushPhone.open(await visitor(), demo.url)
      const acts = [{ action: 'accept', title: 'Accept', url: `${demo.url}/act/not-signed.by-us` }]
      await phone.deliver(push({ title: 'PROM-1', acts }))
      await phone.click('accept')
      expect(await phone.shown()).toMatchObject([
        {
          ...{ title: 'That did not work: PROM-1', body: expect.stringContaining('open Tocsin'), silent: undefined },
          actions: [{ action: 'accept' }],
        },
      ])
    })

    it('offers no act that leads to another origin', async () => {
      const phone = await PushPhone.open(await visitor(), demo.url)
      const acts = [{ action: 'accept', title: 'Accept', url: 'https://elsewhere.example.com/act/1' }]
      await phone.deliver(push({ title: 'A', acts }))
      expect(await phone.shown()).toMatchObject([{ title: 'A', actions: [] }])
    })

    it.for(['not JSON', '{"v":2,"title":"of a later version"}', ''])('shows something for %j too', async (data) => {
      const phone = await PushPhone.open(await visitor(), demo.url)
      await phone.deliver(data)
      expect(await phone.shown()).toMatchObject([{ title: 'Tocsin', body: expect.stringContaining('Open Tocsin') }])
    })
  })

  describe.for([DESK, PHONE])('the devices of a profile, $name', (view) => {
    it('turns on this device, tests it, and turns it off', async () => {
      const tab = await Tab.open(await visitor(view))
      const section = (await tab.visit('/profile', 'Your profile')).getByRole('region', { name: 'Devices' })
      await section.getByText('No device takes pushes yet.').waitFor()
      await section.getByRole('button', { name: 'Turn on push on this device' }).click()
      await section.getByText('This device takes pushes').waitFor()
      expect(await devices()).toMatchObject([{ kind: 'WEB_PUSH', name: 'Chrome on Linux', fault: null }])
      await section.getByRole('button', { name: 'Send test to Chrome on Linux' }).click()
      await section.getByText('web push took the test').waitFor()
      await service.gets('Pushes reach Chrome on Linux')
      expect(await tab.overflow()).toBe(0)
      expect(await tab.accessibilityProblems()).toEqual([])
      await tab.screenshot(`${view.name}-devices`)
      await section.getByRole('button', { name: 'Turn off push on this device' }).click()
      await section.getByText('No device takes pushes yet.').waitFor()
      expect(await devices()).toEqual([])
      expect(tab.problems).toEqual([])
    })
  })

  it('a device that the server lost is renewed at the next visit, and signing out removes it', async () => {
    const tab = await Tab.open(await visitor())
    await tab.visit('/profile', 'Your profile')
    await tab.page.getByRole('button', { name: 'Turn on push on this device' }).click()
    await tab.page.getByText('This device takes pushes').waitFor()
    await removeDevices()
    await tab.visit('/profile', 'Your profile')
    await tab.page.getByText('This device takes pushes').waitFor()
    expect(await devices()).toMatchObject([{ kind: 'WEB_PUSH', name: 'Chrome on Linux' }])

    await tab.page.getByRole('button', { name: /Account of/ }).click()
    await tab.page.getByRole('button', { name: 'Sign out' }).click()
    await tab.page.waitForURL('**/sign-in')
    expect(await devices()).toEqual([])
  })

  it('says what stands in the way: a permission that was refused, a tab of an iPhone', async () => {
    // The browser that npm brings refuses by itself.
    const refused = await Tab.open(await signIn(browser, demo, DESK))
    await refused.visit('/profile', 'Your profile')
    await refused.page.getByRole('alert').getByText('was told not to show notifications').waitFor()
    await refused.page.getByText('Site settings → Notifications → Allow').waitFor()

    const iPhone = await signIn(browser, demo, PHONE)
    await iPhone.addInitScript(() => {
      Object.defineProperty(navigator, 'userAgent', { value: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) Safari/604.1' })
      Reflect.deleteProperty(globalThis, 'PushManager')
    })
    const tab = await Tab.open(iPhone)
    await tab.visit('/profile', 'Your profile')
    const section = tab.page.getByRole('region', { name: 'Devices' })
    await section.getByText('Add Tocsin there first').waitFor()
    expect(await section.getByRole('list').first().getByRole('listitem').count()).toBe(3)
    expect(await tab.overflow()).toBe(0)
    expect(await tab.accessibilityProblems()).toEqual([])
    await tab.screenshot('phone-light-devices-iphone')
  })

  it('reminds whoever has a push step and no device, where no simulated phone takes it', async () => {
    const context = await visitor()
    await context.route('**/api/v1/users/current', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), sandbox: false } })
    })
    const tab = await Tab.open(context)
    await tab.visit('/profile', 'Your profile')
    const reminder = tab.page.getByText('You have a push step and no device that takes pushes')
    await reminder.waitFor()
    await tab.page.getByRole('button', { name: 'Turn on push on this device' }).click()
    await tab.page.getByText('This device takes pushes').waitFor()
    await reminder.waitFor({ state: 'detached' })
    expect(tab.problems).toEqual([])
  })

  it('adds an ntfy topic, with errors at their field, and removes it', async () => {
    const tab = await Tab.open(await visitor(PHONE))
    const section = (await tab.visit('/profile', 'Your profile')).getByRole('region', { name: 'Devices' })
    await section.getByRole('button', { name: 'Add ntfy topic' }).click()
    const form = section.getByRole('form', { name: 'New ntfy topic' })
    const address = form.getByLabel('Address of the topic')
    await address.fill('no address')
    await form.getByRole('button', { name: 'Add ntfy topic' }).click()
    await form.getByText('must be the topic’s address').waitFor()
    expect(await tab.overflow()).toBe(0)
    expect(await tab.accessibilityProblems()).toEqual([])
    await tab.screenshot('phone-light-devices-ntfy')
    await address.fill('https://ntfy.example.com/a-secret-topic')
    await form.getByRole('button', { name: 'Add ntfy topic' }).click()
    await section.getByRole('list', { name: 'Devices' }).getByText('ntfy.example.com').waitFor()
    expect(await devices()).toMatchObject([{ kind: 'NTFY', name: 'ntfy' }])
    await section.getByRole('button', { name: 'Remove ntfy' }).click()
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await section.getByText('No device takes pushes yet.').waitFor()
    expect(await devices()).toEqual([])
  })

  it('can be installed: the manifest and its icons are there', async () => {
    const manifest = (await (await fetch(`${demo.url}/manifest.webmanifest`)).json()) as {
      display: string
      icons: { src: string; type: string }[]
    }
    expect(manifest.display).toBe('standalone')
    const types = manifest.icons.map(async ({ src }) => (await fetch(demo.url + src)).headers.get('content-type'))
    expect(await Promise.all(types)).toEqual(manifest.icons.map(({ type }) => type))
  })
})

function push(parts: { title: string; acts: { action: string; title: string; url: string }[] }): string {
  return JSON.stringify({ v: 1, body: 'Disk full', url: '/incidents', tag: 'one', urgent: true, ...parts })
}

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Demo } from '../../scripts/demo.ts'
import { Product } from '../product/product.ts'
import { openBrowser, signIn, Tab, VIEWS } from './browser.ts'

const PAGES = [
  ['/incidents', 'Incidents'],
  ['/incidents/SHOP-1', 'One checkout in five fails'],
  ['/sandbox', 'Simulated phone'],
  ['/alert-sources', 'Alert sources'],
  ['/alert-sources/1', 'Shop monitoring'],
  ['/alert-sources/1/edit', /Shop monitoring/],
  ['/alert-sources/2', 'Prometheus'],
  ['/alert-sources/2/processing', /templates and rules/i],
  ['/alert-sources/3', 'Nightly backup'],
  ['/alert-sources/3/edit', /Nightly backup/],
  ['/alert-sources/4/edit', /Mail from suppliers/],
  ['/alert-sources/new', /alert source/i],
  ['/alert-sources/new?type=SMS', /SMS/],
  ['/alert-sources/new?type=GITHUB', /GitHub/],
  ['/maintenance', 'Maintenance'],
  ['/maintenance/new', /maintenance/i],
  ['/support-hours', /support hours/i],
  ['/support-hours/new', /support hours/i],
  ['/escalation-policies', 'Escalation policies'],
  ['/escalation-policies/1', 'Web shop'],
  ['/escalation-policies/new', /escalation policy/i],
  ['/schedules', 'Schedules'],
  ['/schedules/1', 'Web shop'],
  ['/schedules/1?view=month', 'Web shop'],
  ['/schedules/1?view=day', 'Web shop'],
  ['/schedules/1/edit', /Web shop/],
  ['/schedules/new', /New schedule/i],
  ['/schedules/import', /Import/i],
  ['/on-call', 'On call'],
  ['/coverage', /cover/i],
  ['/coverage/new', /cover/i],
  ['/settings', 'Settings'],
  ['/deliveries', 'Deliveries'],
  ['/users', 'Users'],
  ['/users/2', 'Ben Okafor'],
  ['/profile', 'Your profile'],
] as const

let product: Product
let demo: Demo
let browser: Browser

beforeAll(async () => {
  product = await Product.start()
  demo = await product.demo()
  const event = { integrationKey: demo.integrationKey, eventType: 'ALERT', summary: 'One checkout in five fails' }
  await fetch(`${demo.url}/api/events`, { method: 'POST', body: JSON.stringify(event) })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.remove()
})

/** Every page, on a desk and on a phone, by day and by night: nothing broken, nothing cut off, nothing unreadable. */
describe.for(VIEWS)('every page, $name', (view) => {
  it('works, fits, and can be read by everybody', async () => {
    const context = await signIn(browser, demo, view)
    const found: string[] = []
    for (const [path, heading] of PAGES) {
      const tab = await Tab.open(context)
      await tab.visit(path, heading)
      await tab.screenshot(`${view.name}${path.replaceAll(/[/?=]/g, '-')}`)
      const overflow = await tab.overflow()
      if (overflow > 0) found.push(`${path} is ${overflow} pixels wider than the window`)
      found.push(...(await tab.accessibilityProblems()).map((problem) => `${path}: ${problem}`))
      found.push(...tab.problems.map((problem) => `${path}: ${problem}`))
      await tab.page.close()
    }
    expect(found).toEqual([])
  })

  it('signs in, and says what is wrong at the field', async () => {
    const { viewport, colorScheme } = view
    const context = await browser.newContext({ baseURL: demo.url, viewport, colorScheme })
    const tab = await Tab.open(context)
    await tab.visit('/incidents/SHOP-1', /sign in/i)
    await tab.screenshot(`${view.name}-sign-in`)
    await tab.page.getByLabel('E-mail').fill(demo.email)
    await tab.page.getByLabel('Password', { exact: true }).fill('not the password')
    await tab.page.getByRole('button', { name: 'Sign in' }).click()
    await tab.page.getByText(/invalid|wrong|do not match|incorrect/i).waitFor()
    expect(await tab.accessibilityProblems()).toEqual([])
    await tab.page.getByLabel('Password', { exact: true }).fill(demo.password)
    await tab.page.getByRole('button', { name: 'Sign in' }).click()
    // Back to where one was going.
    await tab.page.getByRole('heading', { name: 'One checkout in five fails' }).waitFor()
  })
})

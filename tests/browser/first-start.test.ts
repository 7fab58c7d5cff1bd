import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Product } from '../product/product.ts'
import { openBrowser, Tab } from './browser.ts'

/** An empty deployment, from the set-up link to the first incident, through the forms alone. */
describe('a first start', () => {
  let product: Product
  let browser: Browser

  beforeAll(async () => {
    product = await Product.start({ demo: false })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await product?.remove()
  })

  it('makes an administrator, a policy, an alert source and a colleague', async () => {
    const context = await browser.newContext({ baseURL: product.url, viewport: { width: 390, height: 844 } })
    const tab = await Tab.open(context)
    const { page } = tab
    const link = /Create the first administrator: (\S+)/.exec(product.output)?.[1] ?? ''

    await page.goto(link)
    await page.getByLabel('First name').fill('Dora')
    await page.getByLabel('Last name').fill('Example')
    await page.getByLabel('E-mail').fill('dora@example.com')
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Create administrator' }).click()
    await page
      .getByText(/at least 10/i)
      .last()
      .waitFor()
    await page.getByLabel('Password', { exact: true }).fill('long enough for anybody')
    await page.getByRole('button', { name: 'Create administrator' }).click()
    await page.waitForURL('**/incidents')
    await tab.screenshot('first-start-incidents')

    await page.goto('/escalation-policies/new')
    await page.getByLabel('Name').fill('Everybody')
    await page.getByRole('combobox', { name: 'Users' }).selectOption({ label: 'Dora Example' })
    await page.getByRole('button', { name: 'Create escalation policy' }).click()
    await page.getByRole('link', { name: 'Everybody' }).waitFor()

    await page.goto('/alert-sources/new')
    await page.getByRole('link', { name: 'Event API' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Web shop')
    await page.getByLabel('Short name').fill('not a short name!')
    await page.getByRole('button', { name: 'Create alert source' }).click()
    await page.getByText('must be 2 to 10 letters and digits').waitFor()
    await page.getByLabel('Short name').fill('web')
    await page.getByRole('button', { name: 'Create alert source' }).click()
    await page.getByRole('heading', { name: 'Web shop' }).waitFor()
    await page.getByText(/waiting for the first event/i).waitFor()

    // What is to be pasted works, and the card turns.
    const command = await page
      .getByText(/^curl /)
      .first()
      .textContent()
    const key = /"apiKey": "(\w{32})"/.exec(command ?? '')?.[1]
    const event = { integrationKey: key, eventType: 'ALERT', summary: 'It works' }
    expect((await fetch(`${product.url}/api/events`, { method: 'POST', body: JSON.stringify(event) })).status).toBe(202)
    await page.getByText(/waiting for the first event/i).waitFor({ state: 'detached' })
    await page.goto('/incidents/WEB-1')
    await page.getByText('E-mail to Dora Example (d…@example.com) sent through sandbox').waitFor()

    await page.goto('/users/new')
    await page.getByLabel('First name').fill('Eli')
    await page.getByLabel('Last name').fill('Example')
    await page.getByLabel('E-mail').fill('eli@example.com')
    await page.getByRole('button', { name: 'Invite' }).click()
    const invitation = (await page.getByRole('group', { name: 'Link' }).getByText('/invitation/').textContent()) ?? ''

    const guest = await Tab.open(await browser.newContext())
    await guest.page.goto(invitation)
    await guest.page.getByLabel('Password', { exact: true }).fill('another long password')
    await guest.page.getByRole('button', { name: 'Set password and sign in' }).click()
    await guest.page.getByRole('heading', { name: 'Your profile' }).waitFor()
    await guest.page.goto(invitation)
    await guest.page.getByRole('heading', { name: 'This link does not work' }).waitFor()
    expect(tab.problems).toEqual([])
  })

  it('has its set-up link used up', async () => {
    const tab = await Tab.open(await browser.newContext({ baseURL: product.url }))
    await tab.page.goto('/setup?secret=anything')
    await tab.page.getByRole('heading', { name: 'Already set up' }).waitFor()
  })
})

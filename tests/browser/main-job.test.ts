import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Demo } from '../../scripts/demo.ts'
import { Product } from '../product/product.ts'
import { openBrowser, signIn, Tab } from './browser.ts'

/** The main job as somebody lives it who has just run `npm start`: an event, a phone, an answer. */
describe('in the browser', () => {
  let product: Product
  let demo: Demo
  let browser: Browser
  let context: BrowserContext

  beforeAll(async () => {
    product = await Product.start()
    demo = await product.demo()
    browser = await openBrowser()
    context = await signIn(browser, demo)
  })
  afterAll(async () => {
    await browser?.close()
    await product?.remove()
  })

  /** What the printed curl does; answers the incident's reference. */
  async function alert(summary: string): Promise<string> {
    const response = await fetch(`${demo.url}/api/events`, {
      method: 'POST',
      body: JSON.stringify({ integrationKey: demo.integrationKey, eventType: 'ALERT', summary }),
    })
    expect(response.status).toBe(202)
    const { incidentUrl } = (await response.json()) as { incidentUrl: string }
    return new URL(incidentUrl).pathname.split('/').pop() ?? ''
  }

  async function pickUpPhone(phone: Tab, person: string): Promise<void> {
    await phone.visit('/sandbox', 'Simulated phone')
    await phone.page.getByRole('navigation', { name: 'Phones' }).getByText(person).click()
    await phone.page.getByRole('region', { name: `Phone of ${person}` }).waitFor()
  }

  it('the phone rings, a reply accepts, and the incident page changes without a reload', async () => {
    const phone = await Tab.open(context)
    await pickUpPhone(phone, 'Ada Byron')
    const list = await Tab.open(context)
    await list.visit('/incidents', 'Incidents')

    const reference = await alert('One checkout in five fails')
    const incident = await Tab.open(context)
    await incident.visit(`/incidents/${reference}`, 'One checkout in five fails')
    await incident.page.getByText('Pending').first().waitFor()
    await list.page.getByRole('link', { name: /One checkout in five fails/ }).waitFor()

    const sms = phone.page.getByRole('region', { name: 'SMS' })
    await sms.getByText(`${reference}: One checkout in five fails`).waitFor()
    await phone.page.getByRole('article', { name: /E-mail: .*One checkout/ }).waitFor()
    await phone.page
      .getByRole('article', { name: /Push: / })
      .first()
      .waitFor()
    await sms.getByLabel('Reply by SMS').fill('1a')
    await sms.getByRole('button', { name: 'Send' }).click()
    await sms.getByText(`Accepted ${reference}`).waitFor()

    await incident.page.getByText('Accepted', { exact: true }).first().waitFor()
    await incident.page.getByText('Accepted by Ada Byron by SMS').waitFor()
    await list.page.getByRole('region', { name: 'Accepted' }).getByText(reference).waitFor()
    expect([...phone.problems, ...incident.problems, ...list.problems]).toEqual([])
    await Promise.all([phone, list, incident].map(({ page }) => page.close()))
  })

  it('a mail’s link and a push’s button answer too', async () => {
    const phone = await Tab.open(context)
    await pickUpPhone(phone, 'Ada Byron')
    const byPush = await alert('Answered by push')
    await phone.page
      .getByRole('article', { name: /Push: .*/ })
      .filter({ hasText: 'Answered by push' })
      .getByRole('button', { name: 'Resolve' })
      .click()
    await phone.page.getByText(`Resolved ${byPush}`).first().waitFor()

    const byMail = await alert('Answered by mail')
    const mail = phone.page.getByRole('article', { name: /E-mail: .*Answered by mail/ })
    const opened = context.waitForEvent('page')
    await mail.getByRole('link', { name: 'Accept' }).click()
    const link = await opened
    await link.getByRole('button', { name: `Accept ${byMail}` }).click()
    await link.getByText(`Accepted ${byMail}`).waitFor()
    await link.close()
    expect(phone.problems).toEqual([])
    await phone.page.close()
  })

  it('is answered from the incident page and from the list, by mouse and by keys', async () => {
    const reference = await alert('Answered on the page')
    const tab = await Tab.open(context)
    await tab.visit(`/incidents/${reference}`, 'Answered on the page')
    await tab.page
      .getByText(/escalates to/i)
      .first()
      .waitFor()
    await tab.page.getByRole('toolbar', { name: 'Acts' }).getByRole('button', { name: 'Accept' }).click()
    await tab.page.getByText('Accepted by Ada Byron').first().waitFor()
    await tab.page.getByLabel('Comment', { exact: true }).fill('Looking into it')
    await tab.page.getByRole('button', { name: 'Comment' }).click()
    await tab.page.getByText('Ada Byron: Looking into it').waitFor()

    const first = await alert('First of two')
    const second = await alert('Second of two')
    await tab.visit('/incidents', 'Incidents')
    await tab.page.getByLabel(`Select ${first}`).check()
    await tab.page.getByLabel(`Select ${second}`).check()
    await tab.page.getByRole('toolbar', { name: 'Selected incidents' }).getByRole('button', { name: 'Resolve' }).click()
    const resolved = tab.page.getByRole('region', { name: 'Resolved' })
    await resolved.getByText(first).waitFor()
    await resolved.getByText(second).waitFor()
    expect(tab.problems).toEqual([])
    await tab.page.close()
  })
})

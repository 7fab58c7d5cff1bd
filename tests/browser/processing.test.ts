import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Demo } from '../../scripts/demo.ts'
import { Product } from '../product/product.ts'
import { openBrowser, signIn, Tab, VIEWS } from './browser.ts'

let product: Product
let demo: Demo
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  product = await Product.start()
  demo = await product.demo()
  for (const summary of ['Disk full', 'Queue too long']) await report(summary)
  browser = await openBrowser()
  context = await signIn(browser, demo)
})
afterAll(async () => {
  await browser?.close()
  await product?.remove()
})

function report(summary: string) {
  const customDetails = { host: 'db-1', env: 'test' }
  const event = { integrationKey: demo.integrationKey, eventType: 'ALERT', summary, customDetails }
  return fetch(`${demo.url}/api/events`, { method: 'POST', body: JSON.stringify(event) })
}

const PATH = '/alert-sources/1/processing'
const tester = (page: Page) => page.getByRole('region', { name: 'Try it' })
const outcomes = (page: Page) => page.getByRole('list', { name: 'What becomes of the events' })

describe('templates and rules', () => {
  it('are tried while they are written, saved, and then hold', async () => {
    const tab = await Tab.open(context)
    const page = await tab.visit(PATH, 'Templates and rules')
    await outcomes(page).getByText('Opens an incident').waitFor()

    await page.getByLabel('Summary', { exact: true }).fill('{{ payload.host }}: {{ event.summary }}')
    await outcomes(page).getByText('Rendered “db-1: Queue too long”').waitFor()
    await page.getByRole('button', { name: 'Add rule' }).click()
    const first = page.getByRole('listitem', { name: /^Rule 1/ })
    await first.getByLabel('Name').fill('No tests')
    await first.getByLabel('If').fill('payload.env = "test"')
    await outcomes(page).getByText('a comparison is written with ==').waitFor()
    await first.getByLabel('If').fill('payload.env == "test"')
    await first.getByLabel('Then').selectOption('DROP')
    await outcomes(page).getByText('Dropped by “No tests”').waitFor()
    expect(await tab.accessibilityProblems()).toEqual([])
    await tab.screenshot('processing-edited')

    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Templates and rules saved.').waitFor()
    await report('Not for people')
    await page.getByRole('list', { name: 'Event log' }).getByText('Dropped').waitFor()
    expect(tab.problems).toEqual([])
  })

  it('are moved by keyboard, and the focus goes along', async () => {
    const tab = await Tab.open(context)
    const page = await tab.visit(PATH, 'Templates and rules')
    const rule = (name: string | RegExp) => page.getByRole('listitem', { name })
    const before = await rule(/^Rule \d/).count()
    for (const added of [1, 2]) {
      await page.getByRole('button', { name: 'Add rule' }).click()
      await rule(`Rule ${before + added}`)
        .getByLabel('Name')
        .fill(`Added ${added}`)
    }
    await page.getByRole('button', { name: `Move rule ${before + 2} up` }).click()
    await rule(`Rule ${before + 1}: Added 2`).waitFor()
    const upAgain = before === 0 ? `Move rule ${before + 1} down` : `Move rule ${before + 1} up`
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(upAgain)
    await rule(`Rule ${before + 1}: Added 2`)
      .getByLabel('If')
      .press('Alt+ArrowDown')
    await rule(`Rule ${before + 2}: Added 2`).waitFor()
  })

  it('say at the field what can’t be saved, and are not left unsaved by accident', async () => {
    const tab = await Tab.open(context)
    const page = await tab.visit(PATH, 'Templates and rules')
    await page.getByLabel('Details').fill('{{ payload.host | shout }}')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('templates.details: Character 1: there is no filter “shout”.').waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true')
    await page.getByRole('link', { name: 'Shop monitoring' }).click()
    await page.getByRole('heading', { name: 'Leave without saving?' }).waitFor()
    await page.getByRole('button', { name: 'Stay' }).click()
    expect(await page.getByLabel('Details').inputValue()).toBe('{{ payload.host | shout }}')
  })

  it('can be tried on what is pasted', async () => {
    const tab = await Tab.open(context)
    const page = await tab.visit(PATH, 'Templates and rules')
    await page.getByLabel('Read as').selectOption('json')
    await page.getByLabel('Payload').fill('{"title": "Pasted", "status": "ok", "key": "k"}')
    await outcomes(page).getByText('Resolves the incident of its key').waitFor()
    await page.getByLabel('Payload').fill('not json')
    await tester(page).getByText('It can’t be read: The body is not valid JSON.').waitFor()
  })

  it.for(VIEWS)('fit and can be read by everybody, $name', async (view) => {
    const tab = await Tab.open(await signIn(browser, demo, view))
    const page = await tab.visit(PATH, 'Templates and rules')
    await outcomes(page).getByRole('listitem').first().waitFor()
    await page.getByText('How templates and conditions are written').click()
    await page.getByRole('button', { name: 'Add link' }).click()
    await tab.screenshot(`${view.name}-processing`)
    expect(await tab.overflow()).toBe(0)
    expect(await tab.accessibilityProblems()).toEqual([])
  })
})

import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Demo } from '../../scripts/demo.ts'
import { Product } from '../product/product.ts'
import { openBrowser, signIn, Tab } from './browser.ts'

/** Somebody connects a tool on a quiet afternoon, and tunes what its events become. */
describe('a new alert source', () => {
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

  const group = (status: 'firing' | 'resolved') => ({
    version: '4',
    status,
    alerts: [
      {
        status,
        labels: { alertname: 'DiskFull', instance: 'web-1', severity: 'warning', env: 'staging' },
        annotations: { summary: 'Disk full on web-1' },
        startsAt: '2026-01-05T10:00:00Z',
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: '3faf3e404348111e',
      },
    ],
  })

  it('is found by typing, shows its steps, turns green with the first event, and tries a rule on it', async () => {
    const tab = await Tab.open(context)
    const { page } = tab
    await tab.visit('/alert-sources/new', 'New alert source')
    await page.getByLabel('What reports?').fill('alertman')
    await page.getByRole('link', { name: 'Prometheus Alertmanager' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Staging cluster')
    await page.getByRole('button', { name: 'Create alert source' }).click()

    await page.getByText('Waiting for the first event…').waitFor()
    const steps = page.getByRole('region', { name: 'Connect Prometheus Alertmanager' })
    const address = (await steps.getByRole('group', { name: 'Address' }).locator('pre').innerText()).trim()
    expect(address).toMatch(/\/api\/v1\/events\/prometheus\/[a-z2-7]{32}$/)
    await steps.getByText(`url: '${address}'`).waitFor()

    const answered = await fetch(address, { method: 'POST', body: JSON.stringify(group('firing')) })
    expect(answered.status).toBe(200)
    // By itself: nothing is reloaded.
    await page.getByText('Connected.').waitFor()
    const log = page.getByRole('region', { name: 'Event log' })
    await log.getByText('ALERT: Disk full on web-1').waitFor()
    await log.getByText('Payload, as prometheus read it').click()
    await log.getByText('"instance": "web-1"').waitFor()

    await page.getByRole('link', { name: 'Templates and rules' }).click()
    await page.getByRole('heading', { name: 'Templates and rules' }).waitFor()
    await page.getByLabel('Summary', { exact: true }).fill('{{ event.summary }} ({{ event.labels.env }})')
    const tried = page.getByRole('region', { name: 'Try it' })
    await tried.getByText('Disk full on web-1 (staging)').first().waitFor()
    await page.getByRole('button', { name: 'Add rule' }).click()
    await page.getByLabel('Name', { exact: true }).last().fill('Staging can wait')
    const condition = page.getByLabel('If', { exact: true }).last()
    await condition.fill('event.labels.env ==')
    await page.getByRole('button', { name: 'Save' }).click()
    // A condition that can't be read is refused at its field, and nothing is lost.
    await page.locator('[aria-invalid="true"]').first().waitFor()
    await condition.fill('event.labels.env == "staging"')
    await page.getByLabel('Then').last().selectOption({ label: 'Drop: write it in the event log, do nothing' })
    await tried
      .getByText(/dropped/i)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Staging cluster' }).waitFor()

    // What is over is over, whatever drops; and then it would be a new one.
    for (const status of ['resolved', 'firing'] as const) {
      await fetch(address, { method: 'POST', body: JSON.stringify(group(status)) })
    }
    await log.getByText('the rule “Staging can wait” drops it').waitFor()
    // The browser's own word for the refused save.
    expect(tab.problems).toEqual([expect.stringContaining('status of 400')])
  })

  it('that is asked for a number it does not have says so at the field', async () => {
    const tab = await Tab.open(context)
    const { page } = tab
    await tab.visit('/alert-sources/new?type=SMS', /SMS/)
    await page.getByLabel('Name', { exact: true }).fill('Plant')
    await page.getByLabel('Number', { exact: true }).fill('0151 12345')
    await page.getByRole('button', { name: 'Create alert source' }).click()
    await page.getByText('must be an international number such as +4915112345678').waitFor()
    await page.getByLabel('Number', { exact: true }).fill('+49 151 12345678')
    await page.getByRole('button', { name: 'Create alert source' }).click()
    await page.getByRole('heading', { name: 'Plant' }).waitFor()
    await page.getByText('Then write to +4915112345678').waitFor()
    expect(tab.problems).toEqual([])
  })
})

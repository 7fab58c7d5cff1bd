import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium as driver, type Page } from 'playwright-core'
import { onTestFailed } from 'vitest'
import type { Demo } from '../../scripts/demo.ts'

const require = createRequire(import.meta.url)
const SCREENSHOTS = join(import.meta.dirname, '../../test-results/screenshots')

/** What each page is looked at with: a desk and a phone, by day and by night. */
export const VIEWS = [
  { name: 'wide-light', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: 'wide-dark', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

export type View = (typeof VIEWS)[number]

/** The browser that npm brings; its own arguments would run all tabs in one process and switch web security off. */
export async function openBrowser(): Promise<Browser> {
  return driver.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox'] })
}

/** Far longer than anything takes that works. */
const PATIENCE_MS = 15_000

/** A tab that collects what goes wrong in it: errors of scripts, of the console, and of requests. */
export class Tab {
  readonly page: Page
  readonly problems: string[] = []

  private constructor(page: Page) {
    this.page = page
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('pageerror', (error) => this.problems.push(`script: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(`console: ${message.text()}`)
    })
  }

  /** To be called in a test: what the tab shows is kept when that fails. */
  static async open(context: BrowserContext): Promise<Tab> {
    const tab = new Tab(await context.newPage())
    onTestFailed(async ({ task }) => {
      if (!tab.page.isClosed()) await tab.screenshot(`failed ${task.name} ${context.pages().indexOf(tab.page)}`)
    })
    return tab
  }

  /** Shows a page of the dashboard and waits until it has everything. */
  async visit(path: string, heading: string | RegExp): Promise<Page> {
    await this.page.goto(path)
    await this.page.getByRole('heading', { name: heading }).first().waitFor()
    await this.page.waitForLoadState('networkidle')
    return this.page
  }

  /** Violations of WCAG 2.2 AA that axe finds, in words. */
  async accessibilityProblems(): Promise<string[]> {
    await this.page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'))
    return this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
      const { violations } = await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      })
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`),
      )
    })
  }

  /** By how many pixels the page is wider than its window. */
  overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(SCREENSHOTS, { recursive: true })
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true })
  }
}

/** A signed-in visitor, with cookies and settings of their own. */
export async function signIn(
  browser: Browser,
  { url, email, password }: Demo,
  view: View = VIEWS[0],
): Promise<BrowserContext> {
  const { viewport, colorScheme } = view
  const context = await browser.newContext({
    baseURL: url,
    viewport,
    colorScheme,
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
  })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/incidents')
  await page.close()
  return context
}

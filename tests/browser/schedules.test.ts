import type { Browser, BrowserContext, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Demo } from '../../scripts/demo.ts'
import type { RenderedSchedule } from '../../src/api/schemas/schedule.ts'
import type { UserCreated } from '../../src/api/schemas/user.ts'
import { Product } from '../product/product.ts'
import { openBrowser, signIn, Tab } from './browser.ts'

const DAY_MS = 86_400_000

/** The demo's schedule as somebody uses it: three layers that follow the sun, with restrictions and an override. */
describe('the calendar of a schedule', () => {
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

  /** The week after next, in which nothing but the layers says who is on call. */
  const date = () => new Date(Date.now() + 14 * DAY_MS).toISOString().slice(0, 10)

  async function openWeek(): Promise<Tab> {
    const tab = await Tab.open(context)
    await tab.visit(`/schedules/1?view=week&date=${date()}`, 'Web shop')
    return tab
  }

  const lane = (tab: Tab, name: string): Locator => tab.page.getByRole('group', { name: new RegExp(`^${name}, `) })

  async function onCall(tab: Tab): Promise<string[]> {
    return lane(tab, 'On call').getByRole('button').allInnerTexts()
  }

  async function drag(tab: Tab, track: Locator, from: number, to: number): Promise<void> {
    const box = await track.boundingBox()
    if (!box) throw new Error('The lane is not on the screen')
    const y = box.y + box.height / 2
    await tab.page.mouse.move(box.x + box.width * from, y)
    await tab.page.mouse.down()
    await tab.page.mouse.move(box.x + (box.width * (from + to)) / 2, y)
    await tab.page.mouse.move(box.x + box.width * to, y)
    await tab.page.mouse.up()
  }

  /** Whose override is in force in the middle of the dragged stretch, as the API says. */
  async function overrides(tab: Tab): Promise<RenderedSchedule['overrides']> {
    const from = new Date(`${date()}T00:00:00Z`)
    const query = new URLSearchParams({
      from: new Date(from.getTime() - 7 * DAY_MS).toISOString(),
      until: new Date(from.getTime() + 7 * DAY_MS).toISOString(),
    })
    const response = await tab.page.request.get(`${demo.url}/api/v1/schedules/1/calendar?${query}`)
    return ((await response.json()) as RenderedSchedule).overrides.filter(
      ({ start }) => Date.parse(start) > Date.now() + 6 * DAY_MS,
    )
  }

  it('makes an override by dragging, shows it in the final lane, and takes it back', async () => {
    const tab = await openWeek()
    const before = await onCall(tab)
    expect(before.join()).not.toContain('Ada Byron, Sat')

    // From Saturday noon to Sunday noon.
    await drag(tab, lane(tab, 'Overrides'), 5.5 / 7, 6.5 / 7)
    const dialog = tab.page.getByRole('dialog', { name: 'New override' })
    await dialog.getByLabel('Who is on call').selectOption({ label: 'Ada Byron (me)' })
    await dialog.getByRole('button', { name: 'Override', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await lane(tab, 'Overrides')
      .getByRole('button', { name: /^Ada Byron, Sat/ })
      .waitFor()
    await lane(tab, 'On call')
      .getByRole('button', { name: /^Ada Byron, Sat/ })
      .waitFor()
    expect(await overrides(tab)).toMatchObject([{ user: { firstName: 'Ada' } }])
    await tab.screenshot('calendar-override')

    await tab.page.getByRole('button', { name: 'Undo' }).click()
    await lane(tab, 'Overrides').getByRole('button').waitFor({ state: 'detached' })
    await expect.poll(() => onCall(tab)).toEqual(before)
    expect(await overrides(tab)).toEqual([])
    expect(tab.problems).toEqual([])
    await tab.page.close()
  })

  it('Escape drops what is being dragged', async () => {
    const tab = await openWeek()
    const box = await lane(tab, 'On call').boundingBox()
    if (!box) throw new Error('The lane is not on the screen')
    await tab.page.mouse.move(box.x + box.width / 3, box.y + 8)
    await tab.page.mouse.down()
    await tab.page.mouse.move(box.x + box.width / 2, box.y + 8, { steps: 3 })
    await tab.page.keyboard.press('Escape')
    await tab.page.mouse.up()
    expect(await tab.page.getByRole('dialog').count()).toBe(0)
    await tab.page.close()
  })

  it('can be used by keyboard alone', async () => {
    const tab = await openWeek()
    const final = lane(tab, 'On call').getByRole('button')
    await final.first().focus()
    await tab.page.keyboard.press('ArrowRight')
    const focused = await final.nth(1).evaluate((element) => element === document.activeElement)
    expect(focused).toBe(true)
    await tab.page.keyboard.press('Enter')
    const dialog = tab.page.getByRole('dialog')
    await dialog.getByText('Europe/Berlin').first().waitFor()
    await tab.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await tab.page.keyboard.press('m')
    await tab.page.waitForURL(/view=month/)
    expect(tab.problems).toEqual([])
    await tab.page.close()
  })

  it('lets somebody who is no administrator take over a shift, and take that back', async () => {
    const rest = await product.rest()
    const { invitation } = await rest.post<UserCreated>('/users', {
      ...{ firstName: 'Dana', lastName: 'Reed', email: 'dana@example.com', timezone: 'America/New_York' },
    })
    const guest = await browser.newContext({ baseURL: demo.url, timezoneId: 'America/New_York', locale: 'en-GB' })
    const tab = await Tab.open(guest)
    await tab.page.goto(invitation?.url ?? '')
    await tab.page.getByLabel('Password', { exact: true }).fill('correct horse battery')
    await tab.page.getByRole('button', { name: 'Set password and sign in' }).click()
    await tab.page.waitForURL('**/profile')
    await tab.visit(`/schedules/1?view=week&date=${date()}`, 'Web shop')
    expect(await tab.page.getByRole('link', { name: 'Edit' }).count()).toBe(0)
    const before = await onCall(tab)

    await lane(tab, 'On call').getByRole('button').nth(1).click()
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Take over' }).click()
    await lane(tab, 'On call')
      .getByRole('button', { name: /^Dana Reed/ })
      .waitFor()
    await tab.page.getByRole('button', { name: 'Undo' }).click()
    await lane(tab, 'Overrides').getByRole('button').waitFor({ state: 'detached' })
    await expect.poll(() => onCall(tab)).toEqual(before)
    expect(tab.problems).toEqual([])
    await guest.close()
  })

  it('draws the nights on which the clocks change as long as they are', async () => {
    const tab = await Tab.open(context)
    const widths = async (week: string) => {
      await tab.visit(`/schedules/1?view=week&date=${week}`, 'Web shop')
      const days = await tab.page.locator('[data-band="0"] [data-today]').all()
      return Promise.all(days.map(async (day) => (await day.boundingBox())?.width ?? 0))
    }
    const autumn = await widths('2026-10-25')
    expect((autumn[6] as number) / (autumn[0] as number)).toBeCloseTo(25 / 24, 2)
    const spring = await widths('2026-03-29')
    expect((spring[6] as number) / (spring[0] as number)).toBeCloseTo(23 / 24, 2)
    await tab.page.close()
  })
})

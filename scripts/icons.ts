import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { chromium as driver } from 'playwright-core'

/**
 * Draws the icons of the installed app from `public/bell.svg`. What it writes is committed: run `node scripts/icons.ts`
 * after the bell has changed.
 */
const PUBLIC = join(import.meta.dirname, '../public')

interface Icon {
  name: string
  size: number
  /** How much of the edge the bell takes. */
  bell: number
  background: string
  ink: string
}

const RED = '#b3261e'
const ICONS: Icon[] = [
  { name: 'icon-192', size: 192, bell: 0.8, background: 'transparent', ink: RED },
  { name: 'icon-512', size: 512, bell: 0.8, background: 'transparent', ink: RED },
  // Android cuts a shape out of it: only the middle four fifths are sure to be seen.
  { name: 'icon-maskable-512', size: 512, bell: 0.58, background: '#ffffff', ink: RED },
  // iPhones paint what is transparent black.
  { name: 'apple-touch-icon', size: 180, bell: 0.72, background: '#ffffff', ink: RED },
  // Android takes the shape alone, for its status bar.
  { name: 'badge-96', size: 96, bell: 1, background: 'transparent', ink: '#ffffff' },
]

const bell = await readFile(join(PUBLIC, 'bell.svg'), 'utf8')
const browser = await driver.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox'] })
const page = await browser.newPage()
for (const { name, size, bell: share, background, ink } of ICONS) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>
    body { margin: 0; height: 100vh; display: grid; place-items: center; background: ${background} }
    svg { width: ${share * 100}%; height: ${share * 100}% }
    svg .metal { fill: ${ink} !important }
    svg .line { stroke: ${ink} !important }
  </style>${bell}`)
  // The swinging bell hangs over the edge of its drawing: it is fitted to what it really covers.
  await page.evaluate(`{
    const svg = document.querySelector('svg')
    const { x, y, width, height } = svg.getBBox()
    const edge = Math.max(width, height) + 2.4
    svg.setAttribute('viewBox', [x + width / 2 - edge / 2, y + height / 2 - edge / 2, edge, edge].join(' '))
  }`)
  await writeFile(join(PUBLIC, `${name}.png`), await page.screenshot({ omitBackground: true }))
}
await browser.close()

import { describe, expect, it } from 'vitest'
import { deviceName, isApplePhone } from './device-name.ts'

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)'

describe('the name of a device', () => {
  it.each([
    [`${ANDROID} Chrome/140.0.0.0 Mobile Safari/537.36`, 0, 'Chrome on Android'],
    [`${ANDROID} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`, 0, 'Samsung Internet on Android'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      0,
      'Edge on Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 0, 'Firefox on Linux'],
    [`${MAC} Version/18.1 Safari/605.1.15`, 0, 'Safari on Mac'],
    [`${MAC} Version/18.1 Safari/605.1.15`, 5, 'Safari on iPad'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148',
      5,
      'Tocsin on iPhone',
    ],
    ['curl/8', 0, 'A browser on an unknown system'],
  ])('%s', (userAgent, touchPoints, name) => {
    expect(deviceName(userAgent, touchPoints)).toBe(name)
  })

  it('tells an iPad from the Mac that it claims to be', () => {
    expect(isApplePhone(MAC, 5)).toBe(true)
    expect(isApplePhone(MAC, 0)).toBe(false)
  })
})

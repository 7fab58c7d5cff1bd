/** "Chrome on Android": what a browser calls itself, as its user would. The order matters, for most claim to be others. */
export function deviceName(userAgent: string, touchPoints = 0): string {
  return `${nameOf(BROWSERS, userAgent) ?? 'A browser'} on ${systemOf(userAgent, touchPoints)}`
}

/** iPads say they are Macs, which have no touch screen. */
export function isApplePhone(userAgent: string, touchPoints = 0): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && touchPoints > 1)
}

const BROWSERS: readonly [RegExp, string][] = [
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
  // The installed app of an iPhone leaves its browser's name out.
  [/iPhone|iPad/, 'Tocsin'],
]

const SYSTEMS: readonly [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
]

function systemOf(userAgent: string, touchPoints: number): string {
  if (userAgent.includes('Macintosh') && isApplePhone(userAgent, touchPoints)) return 'iPad'
  return nameOf(SYSTEMS, userAgent) ?? 'an unknown system'
}

function nameOf(known: readonly [RegExp, string][], userAgent: string): string | undefined {
  return known.find(([pattern]) => pattern.test(userAgent))?.[1]
}

import { describe, expect, it } from 'vitest'
import { checkCountry } from './phone-countries.ts'

describe('the countries that messages go to', () => {
  it.for([
    [undefined, '+8801712345678'],
    ['', '+8801712345678'],
    ['DE,AT,CH', '+4915112345678'],
    ['de, at', '+436641234567'],
    ['US', '+12125550123'],
    ['CA', '+14165550123'],
    // Belongs to all countries of +1.
    ['US', '+18005550123'],
  ] as const)('%s include %s', async ([PHONE_COUNTRIES, number]) => {
    expect(await checkCountry({ PHONE_COUNTRIES }, number)).toBeNull()
  })

  it.for([
    ['DE,AT,CH', '+33612345678', 'numbers of DE, AT, CH only, and it is a number of FR (PHONE_COUNTRIES)'],
    ['US', '+14165550123', 'numbers of US only, and it is a number of CA'],
    ['DE', '+99912345678', 'its country is not known'],
    ['GERMANY', '+4915112345678', 'numbers of GERMANY only'],
  ] as const)('%s leave out %s, in words', async ([PHONE_COUNTRIES, number, words]) => {
    expect(await checkCountry({ PHONE_COUNTRIES }, number)).toContain(words)
  })
})

import { describe, it } from 'vitest'
import { passedDmarc, singleSender } from './authenticated-sender.ts'

const FROM = 'ann@example.com'

describe('the receiver’s word on a sender', () => {
  it.for([
    'mx.cloudflare.net; dmarc=pass header.from=example.com policy.dmarc=none',
    'MX.cloudflare.net 1;\tdkim=pass header.d=example.com; DMARC = Pass header.from = "Example.com"',
    'mx.cloudflare.net (a (nested) comment); dmarc=pass (p=none) header.from=example.com; spf=none',
  ])('is taken: %s', (header, { expect }) => {
    expect(passedDmarc(header, FROM, 'bounces+1=ann@mail.example.com')).toBe(true)
  })

  it.for([
    null,
    '',
    'mx.cloudflare.net',
    'mx.cloudflare.net; dmarc=pass',
    'mx.cloudflare.net; dmarc=passed header.from=example.com',
    'mx.cloudflare.net; dmarc=pass header.from=example.com.example.net',
    'mx.cloudflare.net; dmarc=pass header.from=sub.example.com',
    'mx.cloudflare.net; dmarc=fail header.from=example.com; dmarc=pass header.from=example.com',
    'mx.cloudflare.net; spf=pass smtp.mailfrom="x; dmarc=pass header.from=example.com',
    'mx.cloudflare.net; spf=pass (dmarc=pass header.from=example.com',
    'mx.cloudflare.net.example.net; dmarc=pass header.from=example.com',
    'example.net; mx.cloudflare.net; dmarc=pass header.from=example.com',
  ])('is not: %s', (header, { expect }) => {
    expect(passedDmarc(header, FROM, 'bounces+1=ann@mail.example.com')).toBe(false)
  })
})

it('is not, where the envelope’s sender could have written it', ({ expect }) => {
  const header = 'mx.cloudflare.net; dmarc=pass header.from=example.com'
  for (const sender of ['"x); dmarc=pass header.from=example.com ("@example.net', '"x y"@example.net', 'x;y@(z)', ''])
    expect(passedDmarc(header, FROM, sender)).toBe(false)
})

describe('the sender of a mail', () => {
  it.for([
    ['ann@example.com', 'ann@example.com'],
    ['"Example, Ann" <Ann@Example.com>', 'ann@example.com'],
    ['"bea@example.com" <ann@example.com>', 'ann@example.com'],
    ['ann@example.com, bea@example.com', null],
    ['Team: ann@example.com, bea@example.com;', null],
    ['undisclosed', null],
    ['', null],
    [null, null],
  ] as const)('of %s', ([header, sender], { expect }) => {
    expect(singleSender(header)).toBe(sender)
  })
})

import { describe, expect, it } from 'vitest'
import { checkmk } from './checkmk.ts'
import { icinga } from './icinga.ts'
import { nagios } from './nagios.ts'
import { keyInBody } from './plugin-xml.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const service = (more = {}) => ({
  NOTIFICATIONTYPE: 'PROBLEM',
  HOSTNAME: 'web-1',
  HOSTSTATE: 'UP',
  SERVICEDESC: 'HTTP & TLS',
  SERVICESTATE: 'CRITICAL',
  SERVICEOUTPUT: 'Socket timeout <no response>',
  ...more,
})
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const xml = (macros: Record<string, string>, prefix = '') => {
  const entries = Object.entries(macros).map(
    ([name, value]) => `<entry key="${prefix}${name}">${escaped(value)}</entry>`,
  )
  return `<?xml version="1.0"?><event><apiKey>k3y</apiKey><payload>${entries.join('')}</payload></event>`
}

describe('a notification about a host or a service', () => {
  it.each([
    ['iLert’s XML with macros of the environment', xml(service(), 'NAGIOS_'), {}],
    ['iLert’s XML with macros given as arguments', xml(service()), {}],
    ['JSON of the environment', service(), {}],
    ['a form, as our own command sends it', 'NOTIFICATIONTYPE=…', { form: service() }],
  ])('is read from %s', (_, body, sent) => {
    expect(readOne(nagios, body, sent)).toMatchObject({
      ...{ type: 'ALERT', key: 'web-1/HTTP & TLS', severity: 'CRITICAL' },
      summary: 'web-1/HTTP & TLS is CRITICAL: Socket timeout <no response>',
    })
  })

  it('is about the host where it names no service', () => {
    const down = { NOTIFICATIONTYPE: 'PROBLEM', HOSTNAME: 'db-1', HOSTSTATE: 'DOWN', SERVICEDESC: '' }
    expect(readOne(nagios, xml(down))).toMatchObject({ key: 'db-1', summary: 'db-1 is DOWN', severity: 'DOWN' })
  })

  it('has the same key for the problem, its end and its acknowledgement', () => {
    const types = ['PROBLEM', 'RECOVERY', 'ACKNOWLEDGEMENT']
    const events = types.map((NOTIFICATIONTYPE) => readOne(icinga, xml(service({ NOTIFICATIONTYPE }), 'ICINGA_')))
    expect(events.map(({ type }) => type)).toEqual(['ALERT', 'RESOLVE', 'ACCEPT'])
    expect(new Set(events.map(({ key }) => key)).size).toBe(1)
  })

  it('brings the comment of an acknowledgement along', () => {
    const ack = service({ NOTIFICATIONTYPE: 'ACKNOWLEDGEMENT', NOTIFICATIONCOMMENT: 'old <logs> & caches' })
    expect(readOne(icinga, xml({ ...ack, NOTIFICATIONAUTHORNAME: 'jane' }, 'ICINGA_')).comments).toEqual([
      { creator: 'jane', content: 'old <logs> & caches' },
    ])
  })

  it.each(['FLAPPINGSTART', 'FLAPPINGSTOP', 'DOWNTIMESTART', 'DOWNTIMEEND'])('opens nothing for %s', (type) => {
    expect(nagios.read(requestOf(service({ NOTIFICATIONTYPE: type })))).toMatchObject({
      events: [],
      ignored: expect.stringContaining(type),
    })
  })

  it('counts one sent by hand only while there is a problem', () => {
    expect(readOne(nagios, service({ NOTIFICATIONTYPE: 'CUSTOM' })).type).toBe('ALERT')
    expect(nagios.read(requestOf(service({ NOTIFICATIONTYPE: 'CUSTOM', SERVICESTATE: 'OK' }))).events).toEqual([])
  })

  it('shows no key and no password', () => {
    const secrets = { CONTACTPAGER: 'k3y', PARAMETER_ILERT_API_KEY: 'k3y', _HOSTSNMP_PASSWORD: 'k3y' }
    expect(JSON.stringify(readOne(nagios, xml(service(secrets))))).not.toContain('k3y')
  })

  it('says which macro is missing', () => {
    expect(() => nagios.read(requestOf(xml({ HOSTNAME: 'web-1' })))).toThrow(/NOTIFICATIONTYPE/)
    expect(() => nagios.read(requestOf(xml({ NOTIFICATIONTYPE: 'PROBLEM' })))).toThrow(/HOSTNAME/)
  })
})

describe('the priority of a notification', () => {
  it('is what Icinga’s command or Checkmk’s rule was given', () => {
    expect(readOne(icinga, xml(service({ PRIORITY: 'LOW' }), 'ICINGA_')).priority).toBe('LOW')
    expect(readOne(checkmk, service({ NOTIFY_PARAMETER_ILERT_PRIORITY: 'high' })).priority).toBe('HIGH')
    expect(readOne(checkmk, service({ NOTIFY_PARAMETER_PRIORITY: 'low' })).priority).toBe('LOW')
    expect(readOne(checkmk, service({ PRIORITY: 'whatever' })).priority).toBeNull()
  })
})

describe('a notification of Checkmk', () => {
  const template = (text: string) => service({ NOTIFY_PARAMETER_ILERT_SUMMARY_SERVICE: text })

  it('expands the macros of the summary’s template, and leaves out those that are not there', () => {
    expect(readOne(checkmk, template('$NOTIFICATIONTYPE$: $HOSTNAME$ $NO_SUCH$($SERVICESTATE$)')).summary).toBe(
      'PROBLEM: web-1 (CRITICAL)',
    )
  })

  it('makes no flood of a template that repeats a long value', () => {
    const flood = template('$SERVICEOUTPUT$'.repeat(10_000))
    expect(readOne(checkmk, { ...flood, SERVICEOUTPUT: 'x'.repeat(100_000) }).summary.length).toBeLessThan(100_000)
  })

  it.each([
    ['PARAMETER_URL_PREFIX', 'https://monitor.example.com/prod/check_mk/', {}],
    ['PARAMETER_URL_PREFIX', 'https://monitor.example.com/prod/', {}],
    ['PARAMETER_URL_PREFIX_AUTOMATIC', 'https', { MONITORING_HOST: 'monitor.example.com', OMD_SITE: 'prod' }],
  ])('links to the service by %s %s', (name, prefix, more) => {
    const { links } = readOne(checkmk, service({ [name]: prefix, SERVICEURL: '/check_mk/index.py?x=1', ...more }))
    expect(links?.[0]?.href).toBe('https://monitor.example.com/prod/check_mk/index.py?x=1')
  })

  it('is about the host where it says so, whatever service it names', () => {
    expect(readOne(checkmk, service({ WHAT: 'HOST', HOSTSTATE: 'DOWN' })).key).toBe('web-1')
  })
})

describe('the integration key in a body', () => {
  it('is that of iLert’s plugins, and of JSON', () => {
    expect(keyInBody(requestOf(xml(service())))).toBe('k3y')
    expect(keyInBody(requestOf({ apiKey: 'k3y' }))).toBe('k3y')
    expect(keyInBody(requestOf({ integrationKey: 'k3y' }))).toBe('k3y')
  })

  it.each(['', '<event>', '<event/>', '{', '[]', '<!DOCTYPE x><event><apiKey>k</apiKey></event>'])(
    'is none in %j',
    (body) => {
      expect(keyInBody(requestOf(body))).toBeNull()
    },
  )
})

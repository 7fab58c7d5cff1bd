import { env } from 'cloudflare:workers'
import { afterEach, describe, vi } from 'vitest'
import { rawMail } from '../../src/alert-sources/email/mail.fixtures.ts'
import { LIMITS } from '../../src/limits.ts'
import { send } from './harness/inbound-mail.ts'
import { it, sms, type TestSource, type TestUser, type Tocsin } from './harness/tocsin.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const DOMAIN = 'alerts.example.com'

async function aMailSource(tocsin: Tocsin, options: object = {}): Promise<{ ann: TestUser; backups: TestSource }> {
  const ann = await tocsin.user('Ann', sms())
  const backups = await tocsin.source(await tocsin.policy([[ann]]), { integrationType: 'EMAIL', ...options })
  return { ann, backups }
}

function addressOf({ source }: TestSource, subaddress = ''): string {
  return `${source.integrationKey}${subaddress && `+${subaddress}`}@${DOMAIN}`
}

describe('a mail to an alert source', () => {
  it('opens an incident and pages', async ({ tocsin, expect }) => {
    const { ann, backups } = await aMailSource(tocsin)
    expect(
      await send(addressOf(backups, 'prod-eu'), rawMail({ Subject: 'Backup of db-1 failed' }, 'exit code 2')),
    ).toBeNull()
    await ann.getsSms('Backup of db-1 failed')
    const incident = await tocsin.incident('SRC1-1')
    expect(incident).toMatchObject({
      summary: 'Backup of db-1 failed',
      details: 'exit code 2',
      labels: { subaddress: 'prod-eu' },
      customDetails: { from: 'backup@example.org', subaddress: 'prod-eu', body: 'exit code 2' },
    })
  })

  it('delivered twice opens one', async ({ tocsin }) => {
    const { ann, backups } = await aMailSource(tocsin)
    const mails: Record<string, string>[] = [{}, {}, { 'Message-ID': '<other@example.org>', Subject: 'Another' }]
    for (const headers of mails) await send(addressOf(backups), rawMail(headers))
    await ann.getsSms('Disk full on db-1')
    await ann.getsSms('Another')
    await tocsin.listed('', 2)
  })

  it('delivered twice opens one, also without a Message-ID', async ({ tocsin }) => {
    const { ann, backups } = await aMailSource(tocsin)
    const raw = rawMail({}).replace(/Message-ID: .*\r\n/, '')
    await send(addressOf(backups), raw)
    await send(addressOf(backups), raw)
    await ann.getsSms('Disk full on db-1')
    await tocsin.listed('', 1)
  })

  it('joins the incident that it answers', async ({ tocsin, expect }) => {
    const { ann, backups } = await aMailSource(tocsin)
    await send(addressOf(backups), rawMail({}))
    await ann.getsSms('Disk full on db-1')
    const reply = rawMail(
      {
        Subject: 'Re: Disk full on db-1',
        'Message-ID': '<2@example.org>',
        'In-Reply-To': '<1@example.org>',
        References: '<1@example.org>',
      },
      'Looking into it.',
    )
    await send(addressOf(backups), reply, { from: 'jane@example.org' })
    await tocsin.listed('', 1)
    expect((await tocsin.timeline('SRC1-1')).join('\n')).toContain('Re: Disk full on db-1')
  })

  it('joins the open one of its subject, where the source groups by it', async ({ tocsin }) => {
    const { ann, backups } = await aMailSource(tocsin, { incidentCreation: 'ONE_INCIDENT_PER_EMAIL_SUBJECT' })
    await send(addressOf(backups), rawMail({}))
    await send(addressOf(backups), rawMail({ Subject: 'Fwd: disk FULL on db-1', 'Message-ID': '<2@example.org>' }))
    await ann.getsSms('Disk full on db-1')
    await tocsin.listed('', 1)
  })

  it('resolves what it names, where the source says how', async ({ tocsin, expect }) => {
    const { ann, backups } = await aMailSource(tocsin, {
      emailResolvePredicates: [{ field: 'EMAIL_SUBJECT', criteria: 'CONTAINS_ANY_WORDS', value: 'RECOVERY' }],
      resolveKeyExtractor: { field: 'EMAIL_SUBJECT', criteria: 'MATCHES_REGEX', value: 'alert: (\\S+) is' },
    })
    await send(addressOf(backups), rawMail({ Subject: '** PROBLEM alert: web-1/HTTP is CRITICAL **' }))
    await ann.getsSms('web-1/HTTP is CRITICAL')
    const recovery = { Subject: '** RECOVERY alert: web-1/HTTP is OK **', 'Message-ID': '<2@example.org>' }
    await send(addressOf(backups), rawMail(recovery))
    expect((await tocsin.incident('SRC1-1')).status).toBe('RESOLVED')
    await tocsin.carrier.ignore()
  })

  it('is found by the headers of whoever forwarded it', async ({ tocsin }) => {
    const { ann, backups } = await aMailSource(tocsin)
    await send('ops@example.com', rawMail({ To: 'ops@example.com', 'X-Forwarded-To': addressOf(backups) }))
    await ann.getsSms('Disk full on db-1')
  })

  it('opens an incident even if it can’t be read', async ({ tocsin, expect }) => {
    const { ann, backups } = await aMailSource(tocsin)
    const nested = Array.from(
      { length: 1000 },
      (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
    )
    await send(addressOf(backups), rawMail({ Subject: 'Nested' }).replace('\r\n\r\n', `\r\n${nested.join('')}`))
    await ann.getsSms('Nested')
    expect((await tocsin.incident('SRC1-1')).details).toContain('could not be read')
  })

  it('may have 25 MiB', async ({ tocsin, expect }) => {
    const { ann, backups } = await aMailSource(tocsin)
    const attachment = `${'QUJD'.repeat(19)}\r\n`.repeat(330_000)
    const body = `--b\r\n\r\nSee the dump\r\n--b\r\nContent-Type: image/png; name=dump.png\r\nContent-Transfer-Encoding: base64\r\n\r\n${attachment}--b--`
    await send(addressOf(backups), rawMail({ 'Content-Type': 'multipart/mixed; boundary=b' }, body))
    await ann.getsSms('Disk full on db-1')
    expect(await tocsin.incident('SRC1-1')).toMatchObject({
      details: 'See the dump',
      customDetails: { attachments: [{ name: 'dump.png', type: 'image/png', bytes: null }] },
    })
  })
})

describe('a mail is dropped, and its source’s log says why:', () => {
  it.for([
    ['a bounce', { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' }, 'not delivered'],
    ['an absence note', { 'Auto-Submitted': 'auto-replied' }, 'automatic reply'],
    ['what a filter keeps out', { Subject: 'Newsletter' }, 'the subject contains “disk”'],
  ] as [string, Record<string, string>, string][])('%s', async ([, headers, reason], { tocsin, expect }) => {
    const predicate = { field: 'EMAIL_SUBJECT', criteria: 'CONTAINS_STRING', value: 'disk' }
    const { backups } = await aMailSource(tocsin, { emailPredicates: [predicate] })
    expect(await send(addressOf(backups), rawMail(headers))).toBeNull()
    const log = await env.ALERT_SOURCE.getByName(String(backups.source.id)).loggedEvents(10)
    expect(log).toEqual([expect.objectContaining({ outcome: 'dropped', reason: expect.stringContaining(reason) })])
    await tocsin.listed('', 0)
  })
})

describe('a mail is rejected for good', () => {
  it('to an address that is none', async ({ tocsin, expect }) => {
    await aMailSource(tocsin)
    expect(await send(`nobody@${DOMAIN}`, rawMail({ To: `nobody@${DOMAIN}` }))).toMatch(
      /no alert source with this address/,
    )
  })

  it('to a key that was rotated out', async ({ tocsin, expect }) => {
    const { backups } = await aMailSource(tocsin)
    const old = addressOf(backups)
    await tocsin.api.post(`/alert-sources/${backups.source.id}/integration-key`, { overlap: 'PT0M' })
    expect(await send(old, rawMail({}))).toMatch(/rotated or revoked/)
  })

  it('that is larger than any may be', async ({ tocsin, expect }) => {
    const { backups } = await aMailSource(tocsin)
    expect(await send(addressOf(backups), rawMail({}), { rawSize: LIMITS.mailBytes + 1 })).toMatch(/25 MiB/)
  })
})

describe('when an alert source can’t be reached', () => {
  const broken = () => {
    throw new Error('not reachable')
  }

  it('its mails wait in the queue', async ({ tocsin, expect }) => {
    const { ann, backups } = await aMailSource(tocsin)
    const unreachable = vi.spyOn(env.ALERT_SOURCE, 'getByName').mockImplementation(broken)
    expect(await send(addressOf(backups), rawMail({}))).toBeNull()
    unreachable.mockRestore()
    await tocsin.listed('', 1)
    await ann.getsSms('Disk full on db-1')
  })

  it('and the queue fails too, the sending server is made to try again', async ({ tocsin, expect }) => {
    const { backups } = await aMailSource(tocsin)
    vi.spyOn(env.ALERT_SOURCE, 'getByName').mockImplementation(broken)
    vi.spyOn(env.EVENTS, 'sendBatch').mockImplementation(broken)
    await expect(send(addressOf(backups), rawMail({}))).rejects.toThrow()
    vi.restoreAllMocks()
  })
})

import { describe, it } from 'vitest'
import { LIMITS } from '../../limits.ts'
import { parsed, rawMail } from './mail.fixtures.ts'
import { unparsedMail } from './parse-mail.ts'

describe('a mail', () => {
  it('is read with its sender, its ids and its text', async ({ expect }) => {
    const raw = rawMail({ 'In-Reply-To': '<0@example.org>', References: '<root@example.org> <0@example.org>' })
    expect(await parsed(raw)).toEqual({
      envelopeFrom: 'backup@example.org',
      from: 'backup@example.org',
      fromName: 'Backup Server',
      to: ['alerts@example.com'],
      subaddress: null,
      subject: 'Disk full on db-1',
      text: 'Nothing left on /var.',
      messageId: '1@example.org',
      inReplyTo: '0@example.org',
      references: ['root@example.org', '0@example.org'],
      automatic: null,
      attachments: [],
    })
  })

  it('may be in any language, in any encoding', async ({ expect }) => {
    const raw = rawMail(
      {
        From: '=?utf-8?B?w5xiZXJ3YWNodW5n?= <watch@example.org>',
        Subject: '=?utf-8?q?St=C3=B6rung=3A_Druck?=\r\n =?utf-8?q?_zu_hoch_=F0=9F=94=A5?=',
        'Content-Type': 'text/plain; charset=iso-8859-1',
        'Content-Transfer-Encoding': 'quoted-printable',
      },
      'Ma=DFnahme: Ventil pr=FC=\r\nfen.',
    )
    expect(await parsed(raw)).toMatchObject({
      fromName: 'Überwachung',
      subject: 'Störung: Druck zu hoch 🔥',
      text: 'Maßnahme: Ventil prüfen.',
    })
  })

  it('may have no Message-ID and no sender of its own', async ({ expect }) => {
    const raw = 'Subject: Problem: High CPU\r\n\r\nHost: web-1'
    expect(await parsed(raw)).toMatchObject({ messageId: null, from: 'backup@example.org', references: [] })
  })

  it('does not give its source’s integration key away', async ({ expect }) => {
    const To = 'ops@example.com, <AEAAAAABAAA2ZQ5WLQRBCQQ7K3XJVW5Y+eu@alerts.example.com>'
    expect((await parsed(rawMail({ To }))).to).toEqual(['ops@example.com', '***+eu@alerts.example.com'])
  })

  it('shows its text and not its HTML where it has both', async ({ expect }) => {
    const raw = rawMail(
      { 'Content-Type': 'multipart/alternative; boundary=b' },
      '--b\r\nContent-Type: text/plain\r\n\r\nAs text\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>As HTML</p>\r\n--b--',
    )
    expect((await parsed(raw)).text).toBe('As text')
  })

  it('shows HTML as text: links with their address, cells apart, no scripts and styles', async ({ expect }) => {
    const html =
      '<style>p {}</style><script>alert(1)</script><p>7&nbsp;days &amp; <b>counting</b></p><table><tr><td>Host<td>web-1</table><a href="https://example.org/42?a=1&amp;b=2">Open</a><img src="https://example.org/pixel">'
    const { text } = await parsed(rawMail({ 'Content-Type': 'text/html' }, html))
    expect(text).toBe('7 days & counting\n\nHost web-1\n\nOpen [https://example.org/42?a=1&b=2]')
  })

  it('names its attachments, and keeps nothing of what is in them', async ({ expect }) => {
    const raw = rawMail(
      { 'Content-Type': 'multipart/mixed; boundary=b' },
      "--b\r\n\r\nSee the table\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename*=UTF-8''f%C3%BCr.csv\r\nContent-Transfer-Encoding: base64\r\n\r\nYSxiDQo=\r\n--b--",
    )
    const mail = await parsed(raw)
    expect(mail.text).toBe('See the table')
    expect(mail.attachments).toEqual([{ name: 'für.csv', type: 'text/csv', bytes: 5 }])
  })

  it('shows the mail that it forwards, with that one’s attachments', async ({ expect }) => {
    const inner =
      'From: cron@web-2.example.org\r\nSubject: Disk almost full\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\n/dev/sda1 98%\r\n--c\r\nContent-Type: image/png; name=df.png\r\n\r\nx\r\n--c--'
    const raw = rawMail(
      { Subject: 'Fwd: Disk almost full', 'Content-Type': 'multipart/mixed; boundary=b' },
      `--b\r\n\r\nCan somebody look?\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--b--`,
    )
    const { text, attachments } = await parsed(raw)
    expect(text).toMatch(
      /^Can somebody look\?[\s\S]*From: cron@web-2.example.org[\s\S]*Disk almost full[\s\S]*\/dev\/sda1 98%$/,
    )
    expect(attachments.map(({ name }) => name)).toEqual(['df.png'])
  })

  it('keeps no more text than an incident does', async ({ expect }) => {
    const { text, subject } = await parsed(rawMail({ Subject: 'long '.repeat(500) }, '🔥'.repeat(60_000)))
    expect(text.length).toBeLessThanOrEqual(LIMITS.detailsCharacters)
    expect(subject.length).toBeLessThanOrEqual(LIMITS.summaryCharacters)
    expect(text.isWellFormed()).toBe(true)
  })
})

describe('of a reply', () => {
  const reply = (body: string, subject = 'Re: Disk full on db-1') => parsed(rawMail({ Subject: subject }, body))

  it('only what is new is kept', async ({ expect }) => {
    const { text } = await reply(
      'I restarted it.\r\n\r\nOn Wed, 4 Jan 2040 at 09:00, Backup Server <backup@example.org> wrote:\r\n> Nothing left\r\n> on /var',
    )
    expect(text).toBe('I restarted it.')
  })

  it('only what is new is kept in German too', async ({ expect }) => {
    const body = 'Läuft wieder.\r\n\r\nAm 04.01.2040 um 09:00 schrieb Backup <backup@example.org>:\r\n> Nothing left'
    expect((await reply(body, 'AW: Disk full on db-1')).text).toBe('Läuft wieder.')
  })

  it('the signature is left out', async ({ expect }) => {
    expect((await reply('On it.\r\n\r\n-- \r\nJane Example\r\nExample Ltd')).text).toBe('On it.')
  })

  it('all is kept where nothing is new', async ({ expect }) => {
    const { text } = await reply('On Wed, Backup <backup@example.org> wrote:\r\n> Nothing left\r\n> on /var')
    expect(text).toContain('> Nothing left')
  })

  it('says as much as it says where it is none: a tool may write "From:" and "Date:"', async ({ expect }) => {
    const body = 'Job failed\r\nFrom: nightly\r\nDate: today\r\n> exit code 2'
    expect((await reply(body, 'Disk full on db-1')).text).toBe(body.replaceAll('\r\n', '\n'))
  })
})

describe('a mail made to do harm', () => {
  const deep = (levels: number) =>
    Array.from(
      { length: levels },
      (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
    ).join('')

  it.for([
    ['parts within parts, a thousand deep', `Subject: x\r\n${deep(1000)}\r\nhi`],
    ['a header of a megabyte', `X-A: ${'x'.repeat(1_000_000)}\r\nSubject: x\r\n\r\nhi`],
    ['headers without end', `${'X-A: b\r\n'.repeat(100_000)}Subject: x\r\n\r\nhi`],
  ] as const)('is refused by the parser: %s', async ([, raw], { expect }) => {
    await expect(parsed(raw)).rejects.toThrow('Maximum')
  })

  it.for([
    ['elements within elements', 'text/html', '<div>'.repeat(2_000_000)],
    ['elements that nothing opened', 'text/html', '<i>'.repeat(100_000) + '</b>'.repeat(100_000)],
    ['nothing but lines', 'text/plain', '\n'.repeat(5_000_000)],
    ['one line', 'text/plain', 'x'.repeat(10_000_000)],
    ['mails within mails', 'message/rfc822', 'Content-Type: message/rfc822\r\n\r\n'.repeat(1000)],
    ['no charset that there is', 'text/plain; charset=nonsense', 'hi'],
  ] as const)('is taken with what can be read of it: %s', async ([, type, body], { expect }) => {
    const mail = await parsed(rawMail({ 'Content-Type': type }, body))
    expect(mail.subject).toBe('Disk full on db-1')
    expect(mail.text.length).toBeLessThanOrEqual(LIMITS.detailsCharacters)
  })

  // Each took minutes, and so more than a test may, without a bound of ours.
  it('is not converted in a time that grows with its square: HTML beside text', async ({ expect }) => {
    const html = `\r\nContent-Type: text/html\r\n\r\n${'<a\nhref =\n'.repeat(25_000)}`
    const parts = ['\r\n\r\nAs text', ...Array.from({ length: 10 }, () => html)]
    const body = `${parts.map((part) => `--b${part}\r\n`).join('')}--b--`
    const mail = await parsed(rawMail({ 'Content-Type': 'multipart/mixed; boundary=b' }, body))
    expect(mail.text).toMatch(/^As text/)
  })

  it('is not converted in a time that grows with its cube: a reply', async ({ expect }) => {
    const body = `${'Am '.repeat(10_000)}\r\n`.repeat(8)
    expect((await parsed(rawMail({ Subject: 'Re: x' }, body))).text).toMatch(/^Am Am/)
  })
})

describe('a mail that can’t be parsed', () => {
  it('is known by its headers', ({ expect }) => {
    const headers = new Headers({
      From: 'Backup <backup@example.org>',
      Subject: '=?utf-8?q?St=C3=B6rung?=',
      'Message-ID': '<1@example.org>',
    })
    expect(unparsedMail(headers, { from: 'bounce@example.org', subaddress: 'eu' })).toMatchObject({
      from: 'backup@example.org',
      subject: 'Störung',
      subaddress: 'eu',
      messageId: '1@example.org',
      text: expect.stringContaining('could not be read'),
    })
  })
})

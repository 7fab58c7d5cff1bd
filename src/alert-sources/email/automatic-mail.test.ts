import { describe, it } from 'vitest'
import { NOTIFICATION_HEADER } from './automatic-mail.ts'
import { parsed, rawMail } from './mail.fixtures.ts'

describe('taken as somebody’s or something’s own', () => {
  it.for([
    ['what monitoring tools say of their mails', { 'Auto-Submitted': 'auto-generated', Precedence: 'bulk' }],
    ['Auto-Submitted: no', { 'Auto-Submitted': 'no' }],
    ['a list', { Precedence: 'list', 'List-Id': '<ops.example.org>' }],
    ['what only asks for no automatic replies', { 'X-Auto-Response-Suppress': 'All' }],
    ['X-Autoreply: no', { 'X-Autoreply': 'no' }],
    [
      'a report that is none on delivery',
      { 'Content-Type': 'multipart/report; report-type=feedback-report; boundary=b' },
    ],
    ['a subject that only speaks of absence', { Subject: 'Out of office backup failed' }],
  ] as [string, Record<string, string>][])('%s', async ([, headers], { expect }) => {
    expect((await parsed(rawMail(headers))).automatic).toBeNull()
  })
})

describe('taken as automatic', () => {
  it.for([
    ['an automatic reply', { 'Auto-Submitted': 'auto-replied' }],
    ['an automatic reply, said at length', { 'Auto-Submitted': 'Auto-Replied (vacation); owner=jane' }],
    ['X-Autoreply', { 'X-Autoreply': 'yes' }],
    ['Precedence: auto_reply', { Precedence: 'auto_reply' }],
    [
      'an absence note of Exchange',
      { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', Subject: 'Automatic reply: Disk full' },
    ],
    ['an absence note in German', { 'In-Reply-To': '<1@b>', Subject: '=?utf-8?q?Automatische_Antwort=3A?= Disk full' }],
    ['a bounce', { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b' }],
    ['a bounce of Exim', { 'X-Failed-Recipients': 'nobody@example.org' }],
    ['a mail server', { From: 'MAILER-DAEMON@mx.example.org (Mail Delivery System)' }],
    ['a receipt', { 'Content-Type': 'multipart/report; report-type="disposition-notification"; boundary=b' }],
    ['our own notification', { [NOTIFICATION_HEADER]: '1' }],
  ] as [string, Record<string, string>][])('%s', async ([, headers], { expect }) => {
    expect((await parsed(rawMail(headers))).automatic).toMatch(/^it (is|has) /)
  })

  it('what has no return address', async ({ expect }) => {
    expect((await parsed(rawMail({}), '')).automatic).toMatch(/no return address/)
    expect((await parsed(rawMail({}), '<>')).automatic).toMatch(/no return address/)
  })
})

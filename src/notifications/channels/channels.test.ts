import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { PageRequest } from '../../incidents/model.ts'
import type { ChannelName, NoticeChannel } from '../model.ts'
import type { Notice } from '../notice.ts'
import type { Links, OutgoingNotice, OutgoingNotification } from '../notification.ts'
import { aRequest } from '../paging.fixtures.ts'
import { CHANNELS, inform, render } from './index.ts'

const links: Links = {
  incident: 'https://tocsin.example.com/incidents/PROM-42',
  accept: 'https://tocsin.example.com/act/accept',
  resolve: 'https://tocsin.example.com/act/resolve',
  escalate: 'https://tocsin.example.com/act/escalate',
}

function aNotification(channel: ChannelName, page: Partial<PageRequest> = {}, code = 1): OutgoingNotification {
  const target = channel === 'EMAIL' ? 'ann@example.com' : '+15550001'
  return {
    id: '42-1-1-0',
    channel,
    target,
    user: { userId: 1, name: 'Ann', language: 'en' },
    devices: [],
    code,
    page: aRequest(page),
  }
}

const sms = (page: Partial<PageRequest> = {}, code = 1) => CHANNELS.SMS.render(aNotification('SMS', page, code), links)
const email = (page: Partial<PageRequest> = {}) => CHANNELS.EMAIL.render(aNotification('EMAIL', page), links)
const voice = (page: Partial<PageRequest> = {}) => CHANNELS.VOICE.render(aNotification('VOICE', page), links)
const push = (page: Partial<PageRequest> = {}) => CHANNELS.PUSH.render(aNotification('PUSH', page), links)

const LINK = 'https://tocsin.example.com/schedules/3'
const INFORMING: NoticeChannel[] = ['EMAIL', 'SMS', 'PUSH', 'TELEGRAM']

function aNotice(channel: NoticeChannel, notice: Partial<Notice> = {}): OutgoingNotice {
  const about = { id: 'shift-1', title: 'You are on call', text: 'Mon 9 Mar', path: '/schedules/3', expiresAt: 0 }
  const target = channel === 'EMAIL' ? 'ann@example.com' : '+15550001'
  return {
    id: 'notice-1-0-shift-1',
    user: { userId: 1, name: 'Ann', language: 'en' },
    devices: [],
    channel,
    target,
    notice: { ...about, ...notice },
  }
}

const noticeBySms = (notice: Partial<Notice>) => CHANNELS.SMS.inform(aNotice('SMS', notice), LINK).text
const noticeByMail = (notice: Partial<Notice>) => CHANNELS.EMAIL.inform(aNotice('EMAIL', notice), LINK)

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc.string({ unit: 'grapheme', maxLength: 2000 }),
  fc.stringMatching(/^[\r\n\t <>&"';a-z]*$/, { maxLength: 2000 }),
)

describe('every channel', () => {
  it.for(Object.keys(CHANNELS) as ChannelName[])(
    '%s says which notification of which incident it is',
    (name, { expect }) => {
      expect(CHANNELS[name].name).toBe(name)
      expect(render(aNotification(name), links)).toMatchObject({
        channel: name,
        notificationId: '42-1-1-0',
        userId: 1,
        incidentId: 42,
      })
    },
  )

  it.for(Object.keys(CHANNELS) as ChannelName[])('%s says what happened', (name, { expect }) => {
    expect(JSON.stringify(render(aNotification(name), links))).toContain('Disk full on db-1')
  })
})

describe('every channel that tells what needs no answer', () => {
  it.for(INFORMING)('%s says what it is, where it is shown, and offers no answer', (name, { expect }) => {
    const message = inform(aNotice(name), LINK)
    expect(message).toMatchObject({
      channel: name,
      notificationId: 'notice-1-0-shift-1',
      userId: 1,
      incidentId: null,
    })
    const everything = JSON.stringify(message)
    for (const part of ['You are on call', 'Mon 9 Mar', LINK]) expect(everything).toContain(part)
    expect(everything).not.toMatch(/\/act\/|[Rr]eply|[Aa]ccept/)
  })

  it('a text fits one segment, whatever it is about, and has its link whole or not at all', ({ expect }) => {
    fc.assert(
      fc.property(anyText, anyText, (title, text) => {
        const sent = noticeBySms({ title, text })
        expect(sent.length).toBeLessThanOrEqual(160)
        expect(sent).toMatch(/^[^\n\r]*$/)
      }),
    )
    const long = noticeBySms({ text: 'Mon 9 Mar '.repeat(13) })
    expect(long).not.toContain('https')
    expect(noticeBySms({ text: 'Mon 9 Mar' })).toMatch(new RegExp(` ${LINK}$`))
  })

  it('a text has our own typography in GSM 03.38', ({ expect }) => {
    const sent = noticeBySms({ title: 'Ann’s shift', text: `08:00 – 20:00\n“please”\n${'x'.repeat(200)}` })
    expect(sent).toMatch(/^Ann's shift\. 08:00 - 20:00 "please" x+\.\.\.$/)
  })

  it('a mail has a subject of one line and escapes its words', ({ expect }) => {
    fc.assert(
      fc.property(anyText, (title) => {
        const { subject } = noticeByMail({ title })
        expect(subject).toMatch(/^[^\p{Cc}\u2028\u2029]*$/u)
        expect(subject.length).toBeLessThanOrEqual(160)
      }),
    )
    const elements = (markup: string) => markup.match(/<[!/]?[a-z]+/g)
    const plain = elements(noticeByMail({}).html)
    fc.assert(
      fc.property(anyText, anyText, (title, text) => {
        expect(elements(noticeByMail({ title, text }).html)).toEqual(plain)
      }),
    )
  })

  it('a push waits until its reader looks', ({ expect }) => {
    expect(inform(aNotice('PUSH', { text: 'x'.repeat(1000) }), LINK)).toMatchObject({ url: LINK, urgent: false })
  })
})

describe('an SMS', () => {
  it('says what happened and how to answer', ({ expect }) => {
    expect(sms({}, 3)).toMatchObject({
      to: '+15550001',
      text: 'PROM-42: Disk full on db-1. Reply 3a accept, 3r resolve, 3e escalate',
    })
  })

  it('fits one segment with its codes, whatever the summary', ({ expect }) => {
    const references = fc.stringMatching(/^[A-Z][A-Z0-9]{1,9}-[1-9]\d{0,9}$/)
    fc.assert(
      fc.property(anyText, references, fc.integer({ min: 1, max: 999_999 }), (summary, reference, code) => {
        const { text } = sms({ summary, reference }, code)
        expect(text.length).toBeLessThanOrEqual(160)
        expect(text).toMatch(/^[^\n\r]*$/)
        expect(text.startsWith(`${reference}: `)).toBe(true)
        expect(text.endsWith(`. Reply ${code}a accept, ${code}r resolve, ${code}e escalate`)).toBe(true)
      }),
    )
  })

  it('adds nothing of its own that GSM 03.38 lacks: one such character costs more than half of the segment', ({
    expect,
  }) => {
    const { text } = sms({ summary: 'Disk-full '.repeat(20) })
    expect(text).toContain('...')
    // The part of GSM 03.38's basic set that ASCII has.
    expect(text).toMatch(/^[A-Za-z0-9 @$_!"#%&'()*+,\-./:;<=>?]*$/)
  })
})

describe('a mail', () => {
  it('has a subject of one line, whatever the summary', ({ expect }) => {
    expect(email({ summary: 'Disk full\r\nBcc: everybody@example.com' }).subject).toBe(
      '[PROM-42] Disk full Bcc: everybody@example.com',
    )
    fc.assert(
      fc.property(anyText, (summary) => {
        const { subject } = email({ summary })
        expect(subject).toMatch(/^\[PROM-42\] [^\p{Cc}\u2028\u2029]*$/u)
        expect(subject.length).toBeLessThanOrEqual(170)
      }),
    )
  })

  it('escapes in HTML what a tool wrote', ({ expect }) => {
    const hostile = `<script>alert("1")</script><a href='javascript:x'>&`
    const { html } = email({ summary: hostile, details: hostile, sourceName: hostile })
    expect(html).not.toContain('<script')
    expect(html).not.toContain(`<a href='`)
    expect(html.match(/&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;/g)).toHaveLength(3)
  })

  it('has the same elements, whatever a tool wrote', ({ expect }) => {
    const elements = (markup: string) => markup.match(/<[!/]?[a-z]+/g)
    const plain = elements(email({ details: 'details' }).html)
    fc.assert(
      fc.property(anyText, anyText, anyText, (summary, details, sourceName) => {
        expect(elements(email({ summary, details: `.${details}`, sourceName }).html)).toEqual(plain)
      }),
    )
  })

  it('has its links in both forms', ({ expect }) => {
    const { text, html } = email()
    for (const link of Object.values(links)) {
      expect(text).toContain(link)
      expect(html).toContain(`href="${link}"`)
    }
  })

  it('says what is known, and cuts what is too long to read', ({ expect }) => {
    const { text } = email({ details: 'x'.repeat(10_000), priority: 'LOW' })
    expect(text).toContain('LOW priority, from Prometheus')
    expect(text.match(/x+…/)?.[0]).toHaveLength(4000)
    expect(email({ details: null }).text).not.toContain('null')
  })
})

describe('a call', () => {
  it('says how urgent it is, what happened, and the keys', ({ expect }) => {
    expect(voice({ priority: 'LOW' }).text).toBe(
      'This is Tocsin with a low priority incident from Prometheus: Disk full on db-1. ' +
        'Press 1 to accept, 2 to resolve, 3 to escalate.',
    )
    expect(voice().text).toContain('with a high priority incident')
  })

  it('stays short, and always names the keys', ({ expect }) => {
    const { text } = voice({ summary: 'Disk full '.repeat(100) })
    expect(text.length).toBeLessThan(350)
    expect(text).toMatch(/3 to escalate\.$/)
  })
})

describe('a push', () => {
  it('leads to the incident, and is urgent where the incident is', ({ expect }) => {
    expect(push()).toMatchObject({
      title: 'PROM-42 · Prometheus',
      body: 'Disk full on db-1',
      url: links.incident,
      urgent: true,
    })
    expect(push({ priority: 'LOW' }).urgent).toBe(false)
    expect(push({ summary: 'x'.repeat(1000) }).body).toHaveLength(240)
  })
})

import { describe, it } from 'vitest'
import type { GroupingMode } from '../config.ts'
import { inboundMail, TAKES_ALL } from './mail.fixtures.ts'
import type { InboundMail, MailPredicate, MailSettings } from './mail.ts'
import { mailEvent } from './mail-events.ts'

const RECOVERY: MailPredicate = { field: 'EMAIL_SUBJECT', criteria: 'CONTAINS_ANY_WORDS', value: 'RECOVERY OK' }
const HOST = { field: 'EMAIL_SUBJECT', criteria: 'MATCHES_REGEX', value: 'alert: (\\S+) is' } as const

function read(
  mail: Partial<InboundMail>,
  settings: Partial<MailSettings> = {},
  grouping: GroupingMode = 'by-summary',
): { event?: { type: string; key: string | null; summary: string }; dropped?: string } {
  return mailEvent(inboundMail(mail), { ...TAKES_ALL, ...settings }, grouping)
}

describe('a mail as an event', () => {
  it('tells all that the mail tells', ({ expect }) => {
    const attachments = [{ name: 'a.csv', type: 'text/csv', bytes: 5 }]
    expect(read({ subaddress: 'prod-eu', attachments })).toEqual({
      event: {
        type: 'ALERT',
        key: 'Disk full on db-1',
        summary: 'Disk full on db-1',
        details: 'Nothing left on /var.',
        labels: { subaddress: 'prod-eu' },
        customDetails: {
          from: 'backup@example.org',
          to: ['alerts@example.com'],
          subject: 'Disk full on db-1',
          body: 'Nothing left on /var.',
          subaddress: 'prod-eu',
          messageId: '1@example.org',
          attachments,
        },
      },
    })
  })

  it('is called by its text where it has no subject, and by its sender where it has neither', ({ expect }) => {
    expect(read({ subject: '', text: '\n\nDisk full\nVery' }).event?.summary).toBe('Disk full')
    expect(read({ subject: '', text: '' }).event?.summary).toBe('Mail from backup@example.org')
  })

  it('is dropped with the reason where it is automatic, whatever else it says', ({ expect }) => {
    expect(read({ automatic: 'it is an automatic reply' }, { resolvePredicates: [RECOVERY] })).toEqual({
      dropped: 'it is an automatic reply',
    })
  })
})

describe('the key of a mail', () => {
  it('is its subject, the same for replies', ({ expect }) => {
    expect(read({ subject: 'AW: Re:  Disk full on  db-1' }).event?.key).toBe('Disk full on db-1')
  })

  it('is its conversation where every mail is its own problem', ({ expect }) => {
    const of = (mail: Partial<InboundMail>) => read(mail, {}, 'every-event').event?.key
    expect(of({})).toBe('1@example.org')
    expect(of({ messageId: '2@example.org', inReplyTo: '1@example.org' })).toBe('1@example.org')
    const references = ['1@example.org', '2@example.org']
    expect(of({ messageId: '3@example.org', inReplyTo: '2@example.org', references })).toBe('1@example.org')
    expect(of({ messageId: null })).toBeNull()
  })

  it('is its conversation where it has no subject', ({ expect }) => {
    expect(read({ subject: 'Re:' }).event?.key).toBe('1@example.org')
  })

  it.for([
    ['EMAIL_SUBJECT', 'ALL_TEXT_BEFORE', ' IS ', 'Alert: web-1/HTTP'],
    ['EMAIL_SUBJECT', 'ALL_TEXT_AFTER', 'alert:', 'web-1/HTTP is CRITICAL'],
    ['EMAIL_SUBJECT', 'MATCHES_REGEX', 'alert: (\\S+) is', 'web-1/HTTP'],
    ['EMAIL_SUBJECT', 'MATCHES_REGEX', '[a-z]+-\\d', 'web-1'],
    ['EMAIL_BODY', 'MATCHES_REGEX', '^problem id: (\\d+)$', '48213'],
    ['EMAIL_FROM', 'ALL_TEXT_BEFORE', '@', 'backup'],
  ] as const)('is in its %s: %s %s', ([field, criteria, value, key], { expect }) => {
    const mail = { subject: 'Alert: web-1/HTTP is CRITICAL', text: 'Host: web-1\nProblem ID: 48213\n' }
    expect(read(mail, { keyExtractor: { field, criteria, value } }).event?.key).toBe(key)
  })

  it.for([
    ['ALL_TEXT_BEFORE', 'Disk'],
    ['ALL_TEXT_AFTER', 'nowhere'],
    ['MATCHES_REGEX', 'host (\\S+)'],
    ['MATCHES_REGEX', '(nothing)?'],
  ] as const)('is missing, and then nothing is opened: %s %s', ([criteria, value], { expect }) => {
    expect(read({}, { keyExtractor: { field: 'EMAIL_SUBJECT', criteria, value } })).toEqual({
      dropped: 'no incident key was found in the subject',
    })
  })
})

describe('a mail resolves', () => {
  it('where its source says so, by the key that it has', ({ expect }) => {
    const settings = { resolvePredicates: [RECOVERY], keyExtractor: HOST }
    expect(read({ subject: 'PROBLEM alert: web-1 is DOWN' }, settings).event).toMatchObject({
      type: 'ALERT',
      key: 'web-1',
    })
    expect(read({ subject: 'RECOVERY alert: web-1 is UP' }, settings).event).toMatchObject({
      type: 'RESOLVE',
      key: 'web-1',
    })
  })

  it('what it answers, where every mail is its own problem', ({ expect }) => {
    const settings = { resolvePredicates: [{ ...RECOVERY, field: 'EMAIL_BODY' as const }] }
    const answer = { text: 'ok, done', inReplyTo: '1@example.org', messageId: '2@example.org' }
    expect(read(answer, settings, 'every-event').event).toMatchObject({ type: 'RESOLVE', key: '1@example.org' })
    expect(read({ text: 'ok, done' }, settings, 'every-event').dropped).toMatch(/not which one/)
  })
})

describe('the filters of a source', () => {
  const subject = (criteria: MailPredicate['criteria'], value: string): MailPredicate => ({
    field: 'EMAIL_SUBJECT',
    criteria,
    value,
  })

  it.for([
    ['CONTAINS_ANY_WORDS', 'memory DISK', true],
    ['CONTAINS_ANY_WORDS', 'memory,disk', true],
    ['CONTAINS_ANY_WORDS', 'dis ful', false],
    ['CONTAINS_ANY_WORDS', 'db-1', true],
    ['CONTAINS_ANY_WORDS', 'db', true],
    ['CONTAINS_NOT_WORDS', 'disk', false],
    ['CONTAINS_NOT_WORDS', 'memory', true],
    ['CONTAINS_STRING', 'FULL ON', true],
    ['CONTAINS_STRING', 'full  on', false],
    ['CONTAINS_NOT_STRING', 'isk', false],
    ['CONTAINS_NOT_STRING', 'memory', true],
    ['IS_STRING', ' disk full on DB-1 ', true],
    ['IS_STRING', 'disk full', false],
    ['IS_NOT_STRING', 'disk full', true],
    ['IS_NOT_STRING', 'Disk full on db-1', false],
    ['MATCHES_REGEX', 'disk .* db-\\d', true],
    ['MATCHES_REGEX', '^db', false],
    ['MATCHES_NOT_REGEX', '^db', true],
    ['MATCHES_NOT_REGEX', 'disk', false],
  ] as const)('%s "%s" takes "Disk full on db-1": %s', ([criteria, value, taken], { expect }) => {
    expect('event' in read({}, { predicates: [subject(criteria, value)] })).toBe(taken)
  })

  it('know words of any script', ({ expect }) => {
    const predicates = [subject('CONTAINS_ANY_WORDS', 'störung')]
    expect(read({ subject: 'Störung!' }, { predicates }).event).toBeDefined()
    expect(read({ subject: 'Betriebsstörungen' }, { predicates }).event).toBeUndefined()
  })

  it('are all to be passed, or any', ({ expect }) => {
    const predicates = [subject('CONTAINS_STRING', 'disk'), subject('CONTAINS_STRING', 'memory')]
    expect(read({}, { predicates, operator: 'AND' }).dropped).toBe(
      'the source takes only mails where the subject contains “memory”',
    )
    expect(read({}, { predicates, operator: 'OR' }).event).toBeDefined()
    expect(read({ subject: 'CPU' }, { predicates, operator: 'OR' }).dropped).toMatch(/none of the filters/)
  })

  it('lose no mail over a pattern that is not valid', ({ expect }) => {
    expect(read({}, { predicates: [subject('MATCHES_REGEX', '(')] }).event).toBeDefined()
  })

  it('resolve nothing by a pattern that is not valid', ({ expect }) => {
    expect(read({}, { resolvePredicates: [subject('MATCHES_REGEX', '(')] }).event?.type).toBe('ALERT')
  })
})

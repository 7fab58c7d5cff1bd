import { boundedEvent } from './bounded-event.ts'
import type { Delivery, RawRequest } from './delivery.ts'
import { readGoAlert } from './doors/goalert-event.ts'
import { readAlert } from './doors/opsgenie-alerts.ts'
import { type NotUnderstood, readChange, readEventV1, readEventV2 } from './doors/pagerduty-events.ts'
import { readTool } from './doors/read-tool.ts'
import type { InboundEvent } from './event.ts'
import { parseEvent } from './event-body.ts'
import { findTool } from './tools/index.ts'
import { Unreadable } from './tools/tool.ts'
import { parseJson, readForm, toolRequest } from './tools/tool-request.ts'

/**
 * A request as the log keeps it, or as somebody pasted it, read once more by the reader that it came through: so that
 * templates and rules can be tried on it.
 *
 * @throws Unreadable
 */
export async function loggedDelivery(request: RawRequest): Promise<Delivery> {
  const { via, body } = request
  const events = (events: InboundEvent[], ignored: string | null = null): Delivery => ({
    ...{ way: 'events', events, ignored, request },
  })
  switch (via) {
    case 'event-api': {
      const parsed = parseEvent(body, 'any')
      if ('problem' in parsed) throw new Unreadable(parsed.problem.message, parsed.problem.field)
      return events([await boundedEvent(parsed.event)])
    }
    case 'pagerduty-v2':
    case 'pagerduty-v1': {
      const read = (via === 'pagerduty-v2' ? readEventV2 : readEventV1)(body, crypto.randomUUID())
      return events([await boundedEvent(understood(read).event)])
    }
    case 'pagerduty-change':
      return { way: 'change', summary: understood(readChange(body)).summary, request }
    case 'opsgenie': {
      const read = readAlert(body, crypto.randomUUID())
      if (!('event' in read)) throw new Unreadable(read.message)
      return events([await boundedEvent(read.event)])
    }
    case 'goalert': {
      const type = request.headers['content-type'] ?? ''
      const form = new URLSearchParams(await readForm(body, type))
      const json = /^application\/json\b/i.test(type) ? body : null
      return events([await boundedEvent(await readGoAlert(new URLSearchParams(request.query), form, json))])
    }
    case 'email':
      return { way: 'email', mail: mailOf(body) }
    case 'sms': {
      const sms = parseJson(body)
      const field = (name: string) => sms.text(name) ?? ''
      return { way: 'sms', sms: { from: field('from'), to: field('to'), text: field('text'), messageId: '' } }
    }
    default: {
      const tool = findTool(via)
      if (!tool)
        throw new Unreadable(`There is no reader “${via}”: name a tool, such as prometheus, or event-api.`, 'via')
      const form = await readForm(body, request.headers['content-type'] ?? null)
      const read = await readTool(tool, toolRequest(request, form))
      if ('refused' in read) throw new Unreadable(read.refused.message, read.refused.field)
      return events(read.events, read.ignored)
    }
  }
}

function understood<Read>(read: Read | NotUnderstood): Exclude<Read, NotUnderstood> {
  const { unrecognized, errors } = read as { unrecognized?: string; errors?: string[] }
  if (unrecognized ?? errors) throw new Unreadable(unrecognized ?? (errors ?? []).join('; '))
  return read as Exclude<Read, NotUnderstood>
}

function mailOf(body: string): Extract<Delivery, { way: 'email' }>['mail'] {
  const mail = parseJson(body)
  const from = mail.text('from') ?? ''
  return {
    ...{ envelopeFrom: from, from, fromName: null, subaddress: null, automatic: null, attachments: [] },
    ...{ messageId: null, inReplyTo: null, references: [] },
    to: mail.list('to').flatMap((to) => to.text() ?? []),
    subject: mail.text('subject') ?? '',
    text: mail.text('text') ?? '',
  }
}

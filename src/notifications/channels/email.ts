import { html } from 'hono/html'
import { shorten } from '../answers.ts'
import type { Notice } from '../notice.ts'
import type { Links, OutgoingNotification } from '../notification.ts'
import { addressed, type InformingChannel, informed, oneLine } from './channel.ts'

export const email: InformingChannel<'EMAIL'> = {
  name: 'EMAIL',
  render(notification, links) {
    const { page, target } = notification
    return {
      ...addressed(notification),
      channel: 'EMAIL',
      to: target,
      // A header is one line, whatever the tool wrote.
      subject: `[${page.reference}] ${shorten(oneLine(page.summary), 150)}`,
      text: asText(notification, links),
      html: String(asHtml(notification, links)),
      links,
    }
  },
  inform(outgoing, link) {
    const { notice, target } = outgoing
    return {
      ...informed(outgoing),
      channel: 'EMAIL',
      to: target,
      subject: shorten(oneLine(notice.title), 160),
      text: `${notice.title}\n\n${notice.text}\n\n${link}`,
      html: String(noticeAsHtml(notice, link)),
      links: null,
    }
  },
}

function asText({ page }: OutgoingNotification, links: Links): string {
  return [
    page.summary,
    `${page.priority} priority, from ${page.sourceName}`,
    ...(page.details ? [shorten(page.details, 4000)] : []),
    `Accept:   ${links.accept}\nResolve:  ${links.resolve}\nEscalate: ${links.escalate}`,
    `Incident: ${links.incident}`,
  ].join('\n\n')
}

function asHtml({ page }: OutgoingNotification, links: Links) {
  const button =
    'display:inline-block;padding:10px 18px;margin:0 8px 8px 0;border:1px solid #444;border-radius:6px;color:#111;text-decoration:none;font-weight:600'
  return html`<!doctype html>
<html lang="en"><body style="font-family:system-ui,sans-serif;color:#111;max-width:600px">
<p style="color:#555">${page.reference} · ${page.priority} priority · ${page.sourceName}</p>
<h1 style="font-size:20px">${page.summary}</h1>
${page.details ? html`<p style="white-space:pre-wrap">${shorten(page.details, 4000)}</p>` : ''}
<p><a style="${button}" href="${links.accept}">Accept</a><a style="${button}" href="${links.resolve}">Resolve</a><a style="${button}" href="${links.escalate}">Escalate</a></p>
<p><a href="${links.incident}">Open the incident</a></p>
</body></html>`
}

function noticeAsHtml({ title, text }: Notice, link: string) {
  return html`<!doctype html>
<html lang="en"><body style="font-family:system-ui,sans-serif;color:#111;max-width:600px">
<h1 style="font-size:20px">${title}</h1>
<p style="white-space:pre-wrap">${text}</p>
<p><a href="${link}">Open in Tocsin</a></p>
</body></html>`
}

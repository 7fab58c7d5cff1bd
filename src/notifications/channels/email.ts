import { html } from 'hono/html'
import { shorten } from '../answers.ts'
import type { Notice } from '../notice.ts'
import type { BundleLinks, Links, OutgoingBundle, OutgoingNotification } from '../notification.ts'
import { bundleTitle } from './bundle-texts.ts'
import { addressed, type Channel, informed, oneLine } from './channel.ts'

export const email: Channel<'EMAIL'> = {
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
      thread: `incident-${page.incidentId}`,
    }
  },
  bundle(bundle, links) {
    return {
      ...informed(bundle),
      channel: 'EMAIL',
      to: bundle.target,
      subject: bundleTitle(bundle),
      text: bundleAsText(bundle, links),
      html: String(bundleAsHtml(bundle, links)),
      links: null,
      thread: null,
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
      thread: null,
    }
  },
}

function bundleAsText(bundle: OutgoingBundle, links: BundleLinks): string {
  return [
    bundleTitle(bundle),
    bundle.pages.map(({ page }) => `${page.reference}: ${shorten(oneLine(page.summary), 200)}`).join('\n'),
    ...(bundle.waiting > bundle.pages.length ? [`and ${bundle.waiting - bundle.pages.length} more`] : []),
    `Accept all:  ${links.acceptAll}\nResolve all: ${links.resolveAll}\nAll of them: ${links.incidents}`,
  ].join('\n\n')
}

const BUTTON =
  'display:inline-block;padding:10px 18px;margin:0 8px 8px 0;border:1px solid #444;border-radius:6px;color:#111;text-decoration:none;font-weight:600'

function bundleAsHtml(bundle: OutgoingBundle, links: BundleLinks) {
  const more = bundle.waiting - bundle.pages.length
  return html`<!doctype html>
<html lang="en"><body style="font-family:system-ui,sans-serif;color:#111;max-width:600px">
<h1 style="font-size:20px">${bundleTitle(bundle)}</h1>
<ul>${bundle.pages.map(({ page }) => html`<li><b>${page.reference}</b> ${shorten(page.summary, 200)}</li>`)}</ul>
${more > 0 ? html`<p>and ${more} more</p>` : ''}
<p><a style="${BUTTON}" href="${links.acceptAll}">Accept all</a><a style="${BUTTON}" href="${links.resolveAll}">Resolve all</a></p>
<p><a href="${links.incidents}">Open the incidents</a></p>
</body></html>`
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
  return html`<!doctype html>
<html lang="en"><body style="font-family:system-ui,sans-serif;color:#111;max-width:600px">
<p style="color:#555">${page.reference} · ${page.priority} priority · ${page.sourceName}</p>
<h1 style="font-size:20px">${page.summary}</h1>
${page.details ? html`<p style="white-space:pre-wrap">${shorten(page.details, 4000)}</p>` : ''}
<p><a style="${BUTTON}" href="${links.accept}">Accept</a><a style="${BUTTON}" href="${links.resolve}">Resolve</a><a style="${BUTTON}" href="${links.escalate}">Escalate</a></p>
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

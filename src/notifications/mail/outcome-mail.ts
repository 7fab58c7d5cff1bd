import { html } from 'hono/html'
import type { Env } from '../../env.ts'
import { incidentUrl, publicUrl } from '../../public-url.ts'
import { shorten } from '../answers.ts'
import { type Messages, oneLine } from '../channels/channel.ts'
import type { Answered } from './answer-by-mail.ts'
import type { ReplyClaims } from './reply-address.ts'

/** The mail that says what came of a reply. It belongs to the incident's thread, and can be answered again. */
export function outcomeMail(
  env: Env,
  { userId, incidentId }: ReplyClaims,
  to: string,
  { text, incident }: Answered,
  id: string,
): Messages['EMAIL'] {
  const link = incident && incidentUrl(publicUrl(env), incident.reference)
  return {
    ...{ channel: 'EMAIL', notificationId: `reply-${id}`, userId, incidentId, to, links: null },
    // As the mail that was answered: some mailboxes thread by the subject.
    subject: incident ? `Re: [${incident.reference}] ${shorten(oneLine(incident.summary), 150)}` : 'Re: your answer',
    text: link ? `${text}\n\n${link}` : text,
    html: String(asHtml(text, link)),
    thread: `incident-${incidentId}`,
  }
}

function asHtml(text: string, link: string | null) {
  return html`<!doctype html>
<html lang="en"><body style="font-family:system-ui,sans-serif;color:#111;max-width:600px">
<p>${text}</p>
${link ? html`<p><a href="${link}">Open the incident</a></p>` : ''}
</body></html>`
}

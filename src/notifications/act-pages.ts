import { Hono } from 'hono'
import { html } from 'hono/html'
import { secureHeaders } from 'hono/secure-headers'
import type { Env } from '../env.ts'
import { call } from '../objects.ts'
import { incidentUrl, publicUrl } from '../public-url.ts'
import { type ActClaims, verifyActToken } from './act-links.ts'

/** The pages behind the links of a mail: one button, no script, readable on any phone. */
export const actPages = new Hono<{ Bindings: Env }>()

const VERBS = { accept: 'Accept', resolve: 'Resolve', escalate: 'Escalate' } as const

// Only for its own pages: mounted at the root, a middleware without a path would touch every answer of the Worker.
actPages.use('/act/*', secureHeaders({ referrerPolicy: 'no-referrer' }))

actPages.get('/act/:token', async (c) => {
  const link = await readLink(c.env, c.req.param('token'))
  if ('problem' in link) return c.html(page('This link does not work', link.problem), 410)
  const { act, incidentId } = link.claims
  if (incidentId === null) return c.html(page(`${VERBS[act]} all that waits for you?`, '', form(`${VERBS[act]} all`)))
  const incident = await call(c.env.INCIDENT, String(incidentId), (stub) => stub.describe())
  if (!incident) return c.html(page('Not found', 'This incident does not exist any more.'), 404)
  const button = form(`${VERBS[act]} ${incident.reference}`)
  const isDone = incident.status === 'RESOLVED' || (act === 'accept' && incident.status === 'ACCEPTED')
  const state = html`<p class="state">${incident.status}${incident.acceptedBy && incident.status === 'ACCEPTED' ? ` by ${incident.acceptedBy}` : ''}</p>`
  return c.html(page(incident.summary, '', html`${state}${isDone ? '' : button}`))
})

actPages.post('/act/:token', async (c) => {
  const link = await readLink(c.env, c.req.param('token'))
  if ('problem' in link) return c.html(page('This link does not work', link.problem), 410)
  const { act, incidentId, userId, channel } = link.claims
  const answer = await call(c.env.PAGER, String(userId), (pager) => pager.answer({ action: act, incidentId }, channel))
  // A script asks, such as a push's button: it wants words and no page.
  if (c.req.header('Accept')?.startsWith('application/json')) return c.json({ answer })
  const incident =
    incidentId === null ? null : await call(c.env.INCIDENT, String(incidentId), (stub) => stub.describe())
  const url = incident ? incidentUrl(publicUrl(c.env, c.req.raw), incident.reference) : null
  return c.html(page(answer, '', url ? html`<p><a href="${url}">Open the incident</a></p>` : undefined))
})

function form(label: string) {
  return html`<form method="post"><button type="submit">${label}</button></form>`
}

async function readLink(env: Env, token: string): Promise<{ claims: ActClaims } | { problem: string }> {
  const claims = await verifyActToken(env.SECRET, token)
  if (!claims) return { problem: 'It is incomplete. Copy the whole link from the mail, or answer in the dashboard.' }
  if (claims.expiresAt < Date.now()) return { problem: 'It is more than a week old. Answer in the dashboard instead.' }
  return { claims }
}

function page(title: string, text: string, content?: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Tocsin</title>
<style>
  :root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif }
  main { max-width: 32rem; margin: 15vh auto; padding: 0 1.25rem }
  h1 { font-size: 1.3rem; overflow-wrap: anywhere }
  button { font: inherit; font-weight: 600; width: 100%; padding: 1rem; border: 2px solid currentColor; border-radius: .6rem; background: none; color: inherit; cursor: pointer }
  .state { font-size: .9rem; letter-spacing: .03em }
</style>
</head>
<body><main><h1>${title}</h1>${text ? html`<p>${text}</p>` : ''}${content ?? ''}</main></body>
</html>`
}

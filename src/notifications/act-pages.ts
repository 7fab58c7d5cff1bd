import { Hono } from 'hono'
import { html } from 'hono/html'
import { secureHeaders } from 'hono/secure-headers'
import type { Env } from '../env.ts'
import type { IncidentState } from '../incidents/model.ts'
import { call } from '../objects.ts'
import { incidentUrl, publicUrl } from '../public-url.ts'
import { type ActClaims, signActToken, verifyActToken } from './act-links.ts'
import { type AnswerAct, shorten } from './answers.ts'

/** The pages behind the links of a mail: one button, no script, readable on any phone. */
export const actPages = new Hono<{ Bindings: Env }>()

const VERBS = { accept: 'Accept', resolve: 'Resolve', escalate: 'Escalate' } as const

// Only for its own pages: mounted at the root, a middleware without a path would touch every answer of the Worker.
actPages.use('/act/*', secureHeaders({ referrerPolicy: 'no-referrer' }))

actPages.use('/act/*', async (c, next) => {
  await next()
  c.header('Cache-Control', 'no-store')
})

actPages.get('/act/:token', async (c) => {
  const link = await readLink(c.env, c.req.param('token'))
  if ('problem' in link) return c.html(page('This link does not work', link.problem), 410)
  const { act, incidentId } = link.claims
  if (incidentId === null) return c.html(page(`${VERBS[act]} all that waits for you?`, '', form(`${VERBS[act]} all`)))
  const incident = await call(c.env.INCIDENT, String(incidentId), (stub) => stub.describe())
  if (!incident) return c.html(page('Not found', 'This incident does not exist any more.'), 404)
  const content = html`${about(incident)}${await buttons(c.env, link.claims, incident)}${open(c.env, c.req.raw, incident)}`
  return c.html(page(incident.summary, '', content, incident.reference))
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
  if (!incident) return c.html(page(answer, ''))
  return c.html(page(answer, '', html`${about(incident)}${open(c.env, c.req.raw, incident)}`, incident.reference))
})

/** Its state in a word and a colour, where it comes from, and the beginning of its details. */
function about({ status, acceptedBy, resolvedBy, source, priority, details, openedAt }: IncidentState) {
  const by = status === 'ACCEPTED' ? acceptedBy : status === 'RESOLVED' ? resolvedBy : null
  const since = `${new Date(openedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return html`<p><span class="state" data-state="${status}">${status}</span>${by ? ` by ${by}` : ''}</p>
<p class="about">${source.name} · ${priority} priority · since ${since}</p>
${details ? html`<p class="details">${shorten(details, DETAILS)}</p>` : ''}`
}

/** What the link asks for first, then the other acts that still do something, each with a link of its own. */
async function buttons(env: Env, claims: ActClaims, { status, reference }: IncidentState) {
  const left = LEFT[status]
  const others = await Promise.all(
    left
      .filter((act) => act !== claims.act)
      .map(async (act) => form(VERBS[act], `/act/${await signActToken(env.SECRET, { ...claims, act })}`, 'secondary')),
  )
  return html`${left.includes(claims.act) ? form(`${VERBS[claims.act]} ${reference}`) : ''}<div class="others">${others}</div>`
}

const LEFT: Record<IncidentState['status'], AnswerAct[]> = {
  PENDING: ['accept', 'resolve', 'escalate'],
  ACCEPTED: ['resolve', 'escalate'],
  RESOLVED: [],
}

const DETAILS = 400

function open(env: Env, request: Request, { reference }: IncidentState) {
  return html`<p><a href="${incidentUrl(publicUrl(env, request), reference)}">Open the incident</a></p>`
}

function form(label: string, action = '', kind = 'primary') {
  return html`<form method="post"${action ? html` action="${action}"` : ''}><button type="submit" class="${kind}">${label}</button></form>`
}

async function readLink(env: Env, token: string): Promise<{ claims: ActClaims } | { problem: string }> {
  const claims = await verifyActToken(env.SECRET, token)
  if (!claims) return { problem: 'It is incomplete. Copy the whole link from the mail, or answer in the dashboard.' }
  if (claims.expiresAt < Date.now()) return { problem: 'It is more than a week old. Answer in the dashboard instead.' }
  return { claims }
}

function page(title: string, text: string, content?: ReturnType<typeof html>, reference = '') {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${reference ? `${reference} · ` : ''}Tocsin</title>
<style>
  :root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif }
  main { max-width: 32rem; margin: 8vh auto; padding: 0 1.25rem }
  h1 { font-size: 1.3rem; overflow-wrap: anywhere }
  button { font: inherit; font-weight: 600; width: 100%; padding: 1rem; border: 2px solid currentColor; border-radius: .6rem; background: none; color: inherit; cursor: pointer }
  button.primary { background: light-dark(#1a1a1a, #f4f4f4); color: light-dark(#fff, #111); border-color: transparent }
  .others { display: flex; gap: .6rem; margin-top: .6rem }
  .others form { flex: 1 }
  .others button { padding: .7rem .3rem; min-height: 44px }
  .state { padding: .1em .5em; border-radius: .3rem; font-size: .9rem; font-weight: 600; letter-spacing: .03em; color: #fff; background: #b42318 }
  .state[data-state="ACCEPTED"] { background: #8a5300 }
  .state[data-state="RESOLVED"] { background: #16703a }
  .about, .details { font-size: .9rem; overflow-wrap: anywhere }
  .details { white-space: pre-line }
  a { display: inline-block; padding: .6rem 0; color: inherit }
</style>
</head>
<body><main><h1>${title}</h1>${text ? html`<p>${text}</p>` : ''}${content ?? ''}</main></body>
</html>`
}

import { paragraphs, presentLabels, presentLinks } from './event-parts.ts'
import { jsonIfAny } from './json-if-any.ts'
import { Payload } from './payload.ts'
import { type Reading, type Tool, type ToolRequest, Unreadable } from './tool.ts'

export const healthchecksIo: Tool = {
  id: 'healthchecks-io',
  otherIds: ['healthchecks', 'healthchecksio'],
  name: 'Healthchecks.io',
  category: 'uptime',
  keywords: ['cron', 'heartbeat', 'dead man’s switch', 'healthchecks'],
  resolves: true,
  acceptsGet: true,
  about: 'Checks of Healthchecks.io, or of a Healthchecks of your own, that miss their ping, until the next one comes.',
  setup: ({ url }) => [
    {
      text: 'In Healthchecks open **Integrations → Webhook → Add integration**. Enter the same for *Execute when a check goes down* **and** *goes up*: the method **POST** and this URL.',
      snippet: { language: 'text', code: `${url}?code=$CODE&status=$STATUS&name=$NAME` },
    },
    { text: 'As the request body enter the check in full.', snippet: { language: 'text', code: '$JSON' } },
    {
      text: 'And as the request header:',
      snippet: { language: 'text', code: 'Content-Type: application/json' },
    },
    { text: 'Assign the integration to your checks and use **Test**.' },
  ],
  read: readCheck,
  sample: {
    query: { code: '5f1c3b1e-9d2a-4a59-8f53-0d6f2a1b7c11', status: 'down', name: 'db-backup' },
    body: JSON.stringify({
      name: 'db-backup',
      slug: 'db-backup',
      tags: 'prod db',
      desc: 'Nightly database dump',
      grace: 1800,
      n_pings: 812,
      status: 'down',
      started: false,
      last_ping: '2026-01-05T00:00:12+00:00',
      next_ping: null,
      uuid: '5f1c3b1e-9d2a-4a59-8f53-0d6f2a1b7c11',
      update_url: 'https://healthchecks.io/api/v3/checks/5f1c3b1e-9d2a-4a59-8f53-0d6f2a1b7c11',
      schedule: '0 2 * * *',
      tz: 'Europe/Berlin',
    }),
  },
}

/**
 * Everything in this webhook is the customer's own template, so the state and the check are looked for in each place that
 * instructions name: a header (iLert's `Check-Status: $STATUS`), the query, the check as `$JSON`, and a sentence such as
 * "$NAME is $STATUS".
 */
function readCheck(request: ToolRequest): Reading {
  const json = jsonIfAny(request.body) ?? new Payload({})
  const fields = new Payload({ ...json.texts(), ...request.form().texts() })
  const query = request.query
  const sentence = json.isObject() && json.names().length > 0 ? null : readSentence(request.body)
  const status = (
    request.header('check-status') ??
    query.text('status') ??
    fields.text('status') ??
    sentence?.status ??
    ''
  ).toLowerCase()
  if (!status)
    throw new Unreadable('The state is missing. Add ?code=$CODE&status=$STATUS&name=$NAME to the address.', 'status')
  if (status !== 'up' && status !== 'down') return { events: [], ignored: `Healthchecks: a check is ${status}` }
  const name = query.text('name') ?? fields.text('name') ?? sentence?.name ?? null
  return {
    events: [
      {
        type: status === 'up' ? 'RESOLVE' : 'ALERT',
        key: query.firstText('code', 'uuid', 'key') ?? fields.firstText('uuid', 'code', 'unique_key', 'key') ?? name,
        summary: sentence?.text ?? `${name ?? 'A check'} is ${status}`,
        details: paragraphs(
          fields.text('desc'),
          fields.text('last_ping') && `Last ping ${fields.text('last_ping')}`,
          fields.text('schedule') && `Schedule ${fields.text('schedule')} ${fields.text('tz') ?? ''}`.trim(),
        ),
        links: presentLinks({ Healthchecks: checkPage(fields) }),
        labels: presentLabels({ check: name, tags: query.text('tags') ?? fields.text('tags') }),
        ...(json.names().length > 0 && { payload: json.value }),
      },
    ],
  }
}

/** Only the beginning: whatever follows may be the body of a ping. */
const SENTENCE_CHARACTERS = 300

function readSentence(body: string): { text: string; name: string | null; status: string | null } | null {
  const text = body.trim().slice(0, SENTENCE_CHARACTERS).split('\n', 1)[0]?.trim() ?? ''
  if (!text) return null
  // The last word that is a state: a name may have one in it too, as in "scale-up".
  const words = [...text.matchAll(/(?<![\w-])(up|down)(?![\w-])/gi)]
  const last = words.at(-1)
  if (!last) return { text, name: null, status: null }
  const name = text
    .slice(0, last.index)
    .replace(/\b(is|went|goes|has gone|are)?\s*$/i, '')
    .trim()
  return { text, name: name || null, status: last[1] ?? null }
}

/** `$JSON` has only addresses of the API; the page of a check stands beside them. */
function checkPage(fields: Payload): string | null {
  const update = fields.text('update_url')
  const id = fields.text('uuid')
  if (!update || !id || !URL.canParse(update) || !/^[0-9a-f-]{36}$/i.test(id)) return null
  return `${new URL(update).origin}/checks/${id}/details/`
}

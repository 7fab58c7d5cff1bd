import type { IntegrationType, SourcePlace } from './integration-types.ts'

/** The ways in that are no tool's: the Event API, e-mail, SMS and heartbeats. */
export const OWN_TYPES: IntegrationType[] = [
  {
    ...{ type: 'API', name: 'Event API', category: 'own', resolves: true, signature: null },
    about: 'Your own scripts and programs report, accept and resolve incidents with one POST of JSON.',
    keywords: ['rest', 'curl', 'http', 'script', 'json', 'pagerduty', 'opsgenie', 'ilert', 'goalert'],
    address: eventApi,
    setup: (place) => [
      {
        text: 'Report a problem. Repeat it as often as you like: the same `alertKey` is the same incident.',
        snippet: { language: 'shell', code: post(place, '"eventType": "ALERT", "summary": "Disk full on web-1"') },
      },
      {
        text: 'Say that it is over.',
        snippet: { language: 'shell', code: post(place, '"eventType": "RESOLVE"') },
      },
      {
        text: 'Tools made for **PagerDuty** report here with this address and the key as routing key (Events API v2).',
        snippet: { language: 'text', code: `${place.origin}/v2/enqueue\n${place.key}` },
      },
      {
        text: 'Tools made for **Opsgenie** report here with this API URL and the key as API key.',
        snippet: { language: 'text', code: `${place.origin}/\n${place.key}` },
      },
    ],
  },
  {
    ...{ type: 'EMAIL', name: 'E-mail', category: 'own', resolves: true, signature: null },
    about: 'Whatever can send mail: each mail becomes an event, filters and patterns say which open and which resolve.',
    keywords: ['mail', 'smtp', 'inbox', 'imap'],
    address: ({ key, mailDomain }) => (mailDomain ? `${key}@${mailDomain}` : null),
    setup: ({ key, mailDomain }) =>
      mailDomain
        ? [
            {
              text: 'Send or forward mails here. What follows a `+` before the @ becomes the label `subaddress`.',
              snippet: { language: 'text', code: `${key}@${mailDomain}` },
            },
            {
              text: 'Mails with the same subject, or of the same thread, join the open incident. Filters, and where in a mail its key is, are settings of this source.',
            },
          ]
        : [
            {
              text: 'No domain’s mail comes to this deployment yet. An operator turns on **Email Routing** for a domain at Cloudflare, routes its catch-all address to this Worker, and sets `MAIL_DOMAIN`; `docs/deploy.md` has the steps.',
              snippet: {
                language: 'ini',
                code: '[vars]\nMAIL_DOMAIN = "alerts.example.com"',
                caption: 'wrangler.toml',
              },
            },
          ],
  },
  {
    ...{ type: 'SMS', name: 'SMS', category: 'own', resolves: false, signature: null },
    about: 'People in the field, or machines with a modem, report by text message.',
    keywords: ['text message', 'phone', 'twilio', 'modem'],
    address: ({ sms }) => sms && (sms.keyword ? `${sms.number} (${sms.keyword} …)` : sms.number),
    setup: ({ origin, sms }) => [
      {
        text: 'At Twilio, open the number and let **A message comes in** call this address by POST. Set it as the fallback address too. The deployment needs the account’s auth token: `wrangler secret put TWILIO_AUTH_TOKEN`.',
        snippet: { language: 'text', code: `${origin}/api/v1/sms/twilio` },
      },
      {
        text: sms
          ? `Then write to ${sms.number}${sms.keyword ? `, beginning with the word ${sms.keyword}` : ''}: the text is the incident’s summary, and the answer says its number.`
          : 'Set the number that people write to in this source’s settings.',
      },
    ],
  },
  {
    ...{ type: 'HEARTBEAT', name: 'Heartbeat', category: 'own', resolves: true, signature: null },
    about:
      'A job that should report does not: an incident opens when its ping is late, and resolves when it pings again.',
    keywords: ['cron', 'ping', 'dead man', 'watchdog', 'backup', 'healthchecks'],
    address: ({ origin, key }) => `${origin}/api/v1/heartbeats/${key}`,
    setup: ({ origin, key }) => [
      {
        text: 'Ping when the job has succeeded, by GET, POST or HEAD. Watching begins with the first ping.',
        snippet: {
          language: 'shell',
          code: `0 2 * * *  /usr/local/bin/backup && curl -fsS -m 10 --retry 5 ${origin}/api/v1/heartbeats/${key}`,
          caption: 'crontab',
        },
      },
      {
        text: 'Or tell start and end, for durations and jobs that hang, with the addresses of **Healthchecks**: its clients work as they are.',
        snippet: {
          language: 'shell',
          code: `curl -fsS ${origin}/ping/${key}/start\n/usr/local/bin/backup\ncurl -fsS ${origin}/ping/${key}/$?`,
        },
      },
    ],
  },
]

function eventApi({ origin }: SourcePlace): string {
  return `${origin}/api/v1/events`
}

function post(place: SourcePlace, fields: string): string {
  return `curl -X POST '${eventApi(place)}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"apiKey": "${place.key}", "alertKey": "web-1/disk", ${fields}}'`
}

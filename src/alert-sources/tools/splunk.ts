import { LIMITS } from '../../limits.ts'
import type { Payload } from './payload.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'

/** Splunk's manual, "Use a webhook alert action": the search and the first row of its results. Nothing is ever over. */
export const splunk: Tool = {
  id: 'splunk',
  name: 'Splunk',
  category: 'logs',
  keywords: ['spl', 'search', 'siem', 'enterprise'],
  resolves: false,
  about:
    'Alerts of Splunk Enterprise and Splunk Cloud, by their webhook action. Splunk never says that a problem is over.',
  setup: ({ url }) => [
    {
      text: 'Edit the alert, choose **Add Actions**, then **Webhook**, and enter this URL. Since Splunk 9.0 an administrator has to add it to the webhook allow list first.',
      snippet: { language: 'text', code: url, caption: 'URL' },
    },
    {
      text: 'Splunk sends the first result only. With the trigger **For each result**, let the search name what belongs together and how bad it is.',
      snippet: {
        language: 'text',
        code: '… | eval tocsin_key=host, severity="critical"',
        caption: 'End of the search',
      },
    },
    {
      text: 'Set **Resolve by itself** at the alert source, or answer the incident by hand.',
    },
  ],
  read: (request) => ({ events: [readResult(request.json())] }),
  sample: {
    body: JSON.stringify({
      result: { host: 'web-1', sourcetype: 'access_combined', count: '812', severity: 'high' },
      sid: 'scheduler__admin__search__errors_at_1768469400_132',
      results_link: 'https://splunk.example.com/app/search/@go?sid=scheduler__admin__search__errors',
      search_name: 'Too many errors',
      owner: 'admin',
      app: 'search',
    }),
  },
}

function readResult(payload: Payload): ToolEvent {
  const search = payload.text('search_name')
  if (!search && !payload.text('sid') && !payload.at('result').isObject())
    throw new Unreadable('search_name is missing: this is not what Splunk’s webhook action sends.', 'search_name')
  const app = payload.text('app')
  const row = payload.texts('result')
  const own = payload.text('result', 'tocsin_key')
  return {
    type: 'ALERT',
    key: search || own ? [app, search, own].filter(Boolean).join('/') : null,
    summary: search ?? 'An alert of Splunk',
    details: Object.entries(row)
      .slice(0, LIMITS.labelsPerEvent)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    severity: payload.text('result', 'severity') ?? payload.text('result', 'urgency'),
    links: [{ href: payload.text('results_link'), text: 'Results in Splunk' }],
    labels: { app, search, host: row.host },
  }
}

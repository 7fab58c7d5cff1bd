import { readHostCheck } from './host-checks.ts'
import type { Tool } from './tool.ts'

const SAMPLE = {
  NOTIFY_NOTIFICATIONTYPE: 'PROBLEM',
  NOTIFY_WHAT: 'SERVICE',
  NOTIFY_HOSTNAME: 'web-3',
  NOTIFY_HOSTADDRESS: '192.0.2.23',
  NOTIFY_SERVICEDESC: 'CPU load',
  NOTIFY_SERVICESTATE: 'CRITICAL',
  NOTIFY_SERVICEOUTPUT: '15 min load: 41.22',
  NOTIFY_PARAMETER_ILERT_PRIORITY: 'HIGH',
  NOTIFY_PARAMETER_ILERT_SUMMARY_SERVICE: '$HOSTNAME$/$SERVICEDESC$ is $SERVICESTATE$ - $SERVICEOUTPUT$',
}

/** Checkmk's notifications: by our own script, by the plugin that comes with Checkmk, and by iLert's two. */
export const checkmk: Tool = {
  id: 'checkmk',
  otherIds: ['checkmk-ext'],
  name: 'Checkmk',
  category: 'infrastructure',
  keywords: ['checkmk', 'check_mk', 'omd', 'nagios', 'checks'],
  resolves: true,
  about: 'Problems, recoveries and acknowledgements of hosts and services.',
  setup: ({ url, origin, key }) => [
    {
      text: 'As the site’s user, save this script.',
      snippet: {
        language: 'text',
        caption: '~/local/share/check_mk/notifications/tocsin',
        code: `#!/usr/bin/env python3
# Tocsin
import json, os, sys, urllib.error, urllib.request

fields = {name: value for name, value in os.environ.items() if name.startswith('NOTIFY_')}
request = urllib.request.Request(
    '${url}', json.dumps(fields).encode(), {'Content-Type': 'application/json'}
)
try:
    urllib.request.urlopen(request, timeout=30)
except urllib.error.HTTPError as error:
    print(error, file=sys.stderr)
    sys.exit(1 if error.code == 429 or error.code >= 500 else 2)  # 1: Checkmk tries again
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)`,
      },
    },
    {
      text: 'Make it executable.',
      snippet: { language: 'shell', code: 'chmod 755 ~/local/share/check_mk/notifications/tocsin' },
    },
    {
      text: 'In Checkmk, open **Setup → Events → Notifications**, add a rule with the notification method **Tocsin**, and let it match problems, recoveries and acknowledgements.',
    },
    {
      text: 'If you have iLert’s own plugin in place, keep it: call it with this server and this key.',
      snippet: { language: 'text', code: `-e ${origin} -a ${key}` },
    },
  ],
  read: readHostCheck,
  sample: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(SAMPLE) },
}

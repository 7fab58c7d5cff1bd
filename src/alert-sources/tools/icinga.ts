import { readHostCheck } from './host-checks.ts'
import { originWithoutPort, portOf } from './nagios.ts'
import { pluginXml } from './plugin-xml.ts'
import type { Tool, ToolAddress } from './tool.ts'

export const icinga: Tool = {
  id: 'icinga',
  otherIds: ['icinga2'],
  name: 'Icinga',
  category: 'infrastructure',
  keywords: ['icinga', 'icinga2', 'nagios', 'checks'],
  resolves: true,
  about: 'Problems, recoveries and acknowledgements of hosts and services.',
  setup: (address) => [
    {
      text: 'Add a notification command, a user and two rules. `PRIORITY` may be set to `HIGH` or `LOW` by the variable `tocsin_priority` of a host or service.',
      snippet: { language: 'text', caption: 'conf.d/tocsin.conf', code: definitions(address) },
    },
    {
      text: 'Check the configuration and reload.',
      snippet: { language: 'shell', code: 'icinga2 daemon -C && systemctl reload icinga2' },
    },
    {
      text: 'If you have iLert’s plugin in place, keep it: give it this server, and its user this key as `pager`.',
      snippet: {
        language: 'text',
        caption: 'Added to the plugin’s command and its line in the crontab',
        code: `--endpoint ${originWithoutPort(address)} --port ${portOf(address)}`,
      },
    },
  ],
  read: readHostCheck,
  sample: {
    headers: { 'content-type': 'application/xml' },
    body: pluginXml({
      ICINGA_NOTIFICATIONTYPE: 'PROBLEM',
      ICINGA_HOSTNAME: 'web-2',
      ICINGA_HOSTADDRESS: '192.0.2.22',
      ICINGA_SERVICEDESC: 'disk /',
      ICINGA_SERVICESTATE: 'CRITICAL',
      ICINGA_SERVICEOUTPUT: 'DISK CRITICAL - free space: / 412 MiB (2% inode=71%);',
    }),
  },
}

const FIELDS: [name: string, macro: string][] = [
  ['NOTIFICATIONTYPE', 'notification.type'],
  ['NOTIFICATIONAUTHOR', 'notification.author'],
  ['NOTIFICATIONCOMMENT', 'notification.comment'],
  ['LONGDATETIME', 'icinga.long_date_time'],
  ['HOSTNAME', 'host.name'],
  ['HOSTALIAS', 'host.display_name'],
  ['HOSTADDRESS', 'host.address'],
  ['HOSTSTATE', 'host.state'],
  ['HOSTOUTPUT', 'host.output'],
  ['HOSTNOTESURL', 'host.notes_url'],
  ['SERVICEDESC', 'service.name'],
  ['SERVICESTATE', 'service.state'],
  ['SERVICEOUTPUT', 'service.output'],
  ['SERVICENOTESURL', 'service.notes_url'],
  ['PRIORITY', 'tocsin_priority'],
]

function definitions({ url }: ToolAddress): string {
  return `object NotificationCommand "tocsin" {
  command = [ "/usr/bin/curl", "-fsS", "--max-time", "30", "--retry", "3", "${url}" ]
  arguments = {
    "--data-urlencode" = {
      repeat_key = true
      value = {{
        return [
${FIELDS.map(([name, macro]) => `          "${name}=" + macro("$${macro}$")`).join(',\n')}
        ]
      }}
    }
  }
  vars.tocsin_priority = ""
}

object User "tocsin" { }

apply Notification "tocsin" to Host {
  command = "tocsin"
  users = [ "tocsin" ]
  types = [ Problem, Acknowledgement, Recovery ]
  interval = 0
  assign where true
}

apply Notification "tocsin" to Service {
  command = "tocsin"
  users = [ "tocsin" ]
  types = [ Problem, Acknowledgement, Recovery ]
  interval = 0
  assign where true
}`
}

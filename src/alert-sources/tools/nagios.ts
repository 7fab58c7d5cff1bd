import { readHostCheck } from './host-checks.ts'
import { pluginXml } from './plugin-xml.ts'
import type { Tool, ToolAddress } from './tool.ts'

export const nagios: Tool = {
  id: 'nagios',
  name: 'Nagios',
  category: 'infrastructure',
  keywords: ['nagios', 'naemon', 'centreon', 'op5', 'checks'],
  resolves: true,
  about: 'Problems, recoveries and acknowledgements of hosts and services.',
  setup: (address) => [
    {
      text: 'Define the two commands and a contact, and add the contact to the contact group of your hosts and services.',
      snippet: { language: 'text', caption: 'objects/tocsin.cfg', code: definitions(address) },
    },
    {
      text: 'Check the configuration and reload.',
      snippet: {
        language: 'shell',
        code: 'nagios -v /usr/local/nagios/etc/nagios.cfg && systemctl reload nagios',
      },
    },
    {
      text: 'If you have iLert’s plugin in place, keep it: give it this server, and the contact this key as its `pager`. It keeps events on disk while the server can’t be reached.',
      snippet: {
        language: 'text',
        caption: 'Added to the plugin’s commands and its line in the crontab',
        code: `-e ${originWithoutPort(address)} -p ${portOf(address)}`,
      },
    },
  ],
  read: readHostCheck,
  sample: {
    headers: { 'content-type': 'application/xml' },
    body: pluginXml({
      NAGIOS_NOTIFICATIONTYPE: 'PROBLEM',
      NAGIOS_HOSTNAME: 'web-1',
      NAGIOS_HOSTADDRESS: '192.0.2.21',
      NAGIOS_SERVICEDESC: 'HTTP',
      NAGIOS_SERVICESTATE: 'CRITICAL',
      NAGIOS_SERVICEOUTPUT: 'CRITICAL - Socket timeout after 10 seconds',
    }),
  },
}

export function portOf({ origin }: ToolAddress): string {
  const { port, protocol } = new URL(origin)
  return port || (protocol === 'https:' ? '443' : '80')
}

export function originWithoutPort({ origin }: ToolAddress): string {
  const { protocol, hostname } = new URL(origin)
  return `${protocol}//${hostname}`
}

const HOST = ['NOTIFICATIONTYPE', 'HOSTNAME', 'HOSTALIAS', 'HOSTADDRESS', 'HOSTSTATE', 'HOSTOUTPUT']
const COMMENT = ['NOTIFICATIONAUTHOR', 'NOTIFICATIONCOMMENT', 'LONGDATETIME']
const SERVICE = ['SERVICEDESC', 'SERVICESTATE', 'SERVICEOUTPUT', 'LONGSERVICEOUTPUT']

function definitions({ url }: ToolAddress): string {
  const command = (name: string, macros: string[]) => `define command {
  command_name  ${name}
  command_line  /usr/bin/curl -fsS --max-time 30 --retry 3 '${url}' \\
${macros.map((macro) => `    --data-urlencode '${macro}=$${macro}$'`).join(' \\\n')}
}`
  return `${command('notify-host-by-tocsin', [...HOST, ...COMMENT])}

${command('notify-service-by-tocsin', [...HOST, ...SERVICE, ...COMMENT])}

define contact {
  contact_name                   tocsin
  alias                          Tocsin
  host_notification_period       24x7
  service_notification_period    24x7
  host_notification_options      d,u,r
  service_notification_options   w,u,c,r
  host_notification_commands     notify-host-by-tocsin
  service_notification_commands  notify-service-by-tocsin
}`
}

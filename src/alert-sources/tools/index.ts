import { appDynamics } from './appdynamics.ts'
import { argocd } from './argocd.ts'
import { awsHealth } from './aws-health.ts'
import { azureMonitor } from './azure-monitor.ts'
import { betterStack } from './better-stack.ts'
import { checkly } from './checkly.ts'
import { checkmk } from './checkmk.ts'
import { cloudflare } from './cloudflare.ts'
import { cloudwatch } from './cloudwatch.ts'
import { datadog } from './datadog.ts'
import { dynatrace } from './dynatrace.ts'
import { elastalert } from './elastalert.ts'
import { elasticsearch } from './elasticsearch.ts'
import { eventBridge } from './eventbridge.ts'
import { gatus } from './gatus.ts'
import { genericJson } from './generic-json.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { googleCloudMonitoring } from './google-cloud-monitoring.ts'
import { grafana } from './grafana.ts'
import { grafanaOncall } from './grafana-oncall.ts'
import { graylog } from './graylog.ts'
import { healthchecksIo } from './healthchecks-io.ts'
import { homeAssistant } from './home-assistant.ts'
import { icinga } from './icinga.ts'
import { instana } from './instana.ts'
import { jenkins } from './jenkins.ts'
import { jira } from './jira.ts'
import { keep } from './keep.ts'
import { kubernetes } from './kubernetes.ts'
import { kwatch } from './kwatch.ts'
import { librenms } from './librenms.ts'
import { nagios } from './nagios.ts'
import { netdata } from './netdata.ts'
import { newRelic } from './new-relic.ts'
import { pingdom } from './pingdom.ts'
import { prometheus } from './prometheus.ts'
import { prtg } from './prtg.ts'
import { lokiRuler, mimirRuler } from './rulers.ts'
import { scom } from './scom.ts'
import { sensu } from './sensu.ts'
import { sentry } from './sentry.ts'
import { site24x7 } from './site24x7.ts'
import { splunk } from './splunk.ts'
import { statusCake } from './statuscake.ts'
import type { Tool } from './tool.ts'
import { uptimeKuma } from './uptime-kuma.ts'
import { uptimeRobot } from './uptimerobot.ts'
import { zabbix } from './zabbix.ts'

/** Every tool, in the order of its name. */
export const TOOLS: Tool[] = [
  appDynamics,
  argocd,
  awsHealth,
  azureMonitor,
  betterStack,
  checkly,
  checkmk,
  cloudflare,
  cloudwatch,
  datadog,
  dynatrace,
  elastalert,
  elasticsearch,
  eventBridge,
  gatus,
  genericJson,
  github,
  gitlab,
  googleCloudMonitoring,
  grafana,
  grafanaOncall,
  graylog,
  healthchecksIo,
  homeAssistant,
  icinga,
  instana,
  jenkins,
  jira,
  keep,
  kubernetes,
  kwatch,
  librenms,
  lokiRuler,
  mimirRuler,
  nagios,
  netdata,
  newRelic,
  pingdom,
  prometheus,
  prtg,
  scom,
  sensu,
  sentry,
  site24x7,
  splunk,
  statusCake,
  uptimeKuma,
  uptimeRobot,
  zabbix,
].sort((a, b) => a.name.localeCompare(b.name, 'en'))

const BY_ID = new Map(TOOLS.flatMap((tool) => [tool.id, ...(tool.otherIds ?? [])].map((id) => [id, tool] as const)))

const BY_TYPE = new Map(TOOLS.map((tool) => [integrationTypeOf(tool), tool]))

/** The tool of an address's segment; undefined: there is none. */
export function findTool(id: string): Tool | undefined {
  return BY_ID.get(id.toLowerCase())
}

/** The API's integrationType of a tool. */
export function integrationTypeOf({ id }: Pick<Tool, 'id'>): string {
  return id.toUpperCase().replaceAll('-', '_')
}

/** The tool of an integrationType; undefined: it is one of our own types. */
export function toolOfType(integrationType: string): Tool | undefined {
  return BY_TYPE.get(integrationType)
}

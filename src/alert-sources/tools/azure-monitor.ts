import { paragraphs, presentLabels, presentLinks } from './event-parts.ts'
import type { Payload } from './payload.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'

export const azureMonitor: Tool = {
  id: 'azure-monitor',
  otherIds: ['azure', 'azurealerts'],
  name: 'Azure Monitor',
  category: 'cloud',
  keywords: ['microsoft', 'azure', 'application insights', 'log analytics', 'action group', 'service health'],
  resolves: true,
  about: 'Alert rules of Azure open incidents through an action group, and resolve them when the condition is over.',
  setup: ({ url }) => [
    {
      text: 'Create an action group that calls this address with the **common alert schema**.',
      snippet: {
        language: 'shell',
        code: `az monitor action-group create --name tocsin --short-name tocsin \\
  --resource-group my-resource-group \\
  --action webhook tocsin '${url}' usecommonalertschema`,
      },
    },
    {
      text: 'Or with Terraform.',
      snippet: {
        language: 'hcl',
        code: `resource "azurerm_monitor_action_group" "tocsin" {
  name                = "tocsin"
  short_name          = "tocsin"
  resource_group_name = "my-resource-group"

  webhook_receiver {
    name                    = "tocsin"
    service_uri             = "${url}"
    use_common_alert_schema = true
  }
}`,
      },
    },
    {
      text: 'Add the action group to your alert rules, and keep **Automatically resolve alerts** on there. Rules for the activity log never say that a problem is over.',
    },
  ],
  read(request) {
    const payload = request.json()
    const data = payload.at('data').isObject() ? payload.at('data') : payload
    return { events: [readAlert(data, payload)] }
  },
  sample: {
    body: JSON.stringify({
      schemaId: 'azureMonitorCommonAlertSchema',
      data: {
        essentials: {
          alertId:
            '/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.AlertsManagement/alerts/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e',
          alertRule: 'CPU above 90 %',
          severity: 'Sev1',
          signalType: 'Metric',
          monitorCondition: 'Fired',
          monitoringService: 'Platform',
          alertTargetIDs: [
            '/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/shop/providers/microsoft.compute/virtualmachines/web-1',
          ],
          configurationItems: ['web-1'],
          originAlertId: '00000000-0000-0000-0000-000000000000_shop_microsoft.insights_metricAlerts_cpu',
          firedDateTime: '2026-01-05T10:00:00.000Z',
          description: 'The shop is about to get slow.',
          essentialsVersion: '1.0',
          alertContextVersion: '1.0',
        },
        alertContext: {
          condition: {
            windowSize: 'PT5M',
            allOf: [{ metricName: 'Percentage CPU', operator: 'GreaterThan', threshold: '90', metricValue: 97.2 }],
          },
        },
      },
    }),
  },
}

/** Formats: "Common alert schema" and "Noncommon alert schema definitions" of the Azure Monitor documentation. */
function readAlert(data: Payload, payload: Payload): ToolEvent {
  if (data.at('essentials').isObject()) return { ...readCommon(data), payload: payload.value }
  if (data.at('context', 'activityLog').isObject()) return { ...readActivityLog(data), payload: payload.value }
  if (data.text('AlertRuleName')) return { ...readLogSearch(data), payload: payload.value }
  if (data.at('context').isObject()) return { ...readMetric(data), payload: payload.value }
  throw new Unreadable('This is no alert of Azure Monitor. Enable the common alert schema in the action group.')
}

function readCommon(data: Payload): ToolEvent {
  const essentials = data.at('essentials')
  const context = data.at('alertContext')
  const rule = essentials.required('alertRule')
  const target = essentials.text('configurationItems', 0)
  return {
    type: essentials.text('monitorCondition')?.toLowerCase() === 'resolved' ? 'RESOLVE' : 'ALERT',
    key: essentials.firstText('alertId', 'originAlertId'),
    summary: target ? `${rule} on ${target}` : rule,
    details: paragraphs(essentials.text('description'), conditionsOf(context)),
    ...severityOf(essentials.text('severity')),
    links: presentLinks({
      Investigation: essentials.text('investigationLink'),
      'Search results':
        context.text('condition', 'allOf', 0, 'linkToFilteredSearchResultsUI') ??
        context.text('condition', 'allOf', 0, 'linkToSearchResultsUI'),
      Resource: portalLink(essentials.text('alertTargetIDs', 0)),
    }),
    labels: {
      ...data.texts('customProperties'),
      ...presentLabels({
        target,
        rule,
        signal: essentials.text('signalType'),
        service: essentials.text('monitoringService'),
      }),
    },
  }
}

/** `AzureMonitorMetricAlert`, and the classic alerts before it, which have no `data` around them. */
function readMetric(data: Payload): ToolEvent {
  const context = data.at('context')
  const name = context.required('name')
  const resource = context.text('resourceName')
  return {
    type: isOver(data) ? 'RESOLVE' : 'ALERT',
    // The id is the rule's, which may watch many resources.
    key: [context.text('id') ?? name, context.text('resourceId')].filter((part) => part !== null).join(' '),
    summary: resource ? `${name} on ${resource}` : name,
    details: paragraphs(context.text('description'), conditionsOf(context)),
    ...severityOf(context.text('severity')),
    links: presentLinks({ Resource: context.text('portalLink') }),
    labels: { ...data.texts('properties'), ...presentLabels({ target: resource, rule: name }) },
  }
}

/** Log search alerts of version 1 never resolve: the rule is the key, so that it does not open an incident at each run. */
function readLogSearch(data: Payload): ToolEvent {
  const rule = data.required('AlertRuleName')
  const count = data.text('ResultCount')
  return {
    type: 'ALERT',
    key: [data.text('SubscriptionId'), data.text('ResourceId'), rule].filter((part) => part !== null).join(' '),
    summary: count ? `${rule}: ${count} results` : rule,
    details: paragraphs(data.text('Description'), data.text('SearchQuery')),
    ...severityOf(data.text('Severity')),
    links: presentLinks({
      'Search results': data.firstText('LinkToFilteredSearchResultsUI', 'LinkToSearchResults'),
    }),
    labels: { rule },
  }
}

/** Of the activity log's alerts only those on health tell of an end. */
function readActivityLog(data: Payload): ToolEvent {
  const log = data.at('context', 'activityLog')
  const properties = log.at('properties')
  const tracking = properties.text('trackingId')
  const health = properties.text('currentHealthStatus')
  const resource = log.text('resourceId')
  const over =
    isOver(data) ||
    properties.text('stage')?.toLowerCase() === 'resolved' ||
    (health !== null && health.toLowerCase() === 'available')
  const operation = log.text('operationName')
  const subject = properties.text('title') ?? (health ? `${nameOf(resource)} is ${health.toLowerCase()}` : operation)
  return {
    type: over ? 'RESOLVE' : 'ALERT',
    key: tracking ?? (health ? resource : null) ?? log.firstText('correlationId', 'eventDataId'),
    summary: subject ?? 'An alert on the activity log',
    details: paragraphs(
      log.text('description'),
      tracking === null ? operation : withoutMarkup(properties.text('communication')),
    ),
    severity: log.text('level'),
    links: presentLinks({ Resource: portalLink(resource) }),
    labels: {
      ...data.texts('properties'),
      ...presentLabels({
        source: log.text('eventSource'),
        service: properties.text('service'),
        region: properties.text('region'),
      }),
    },
  }
}

function isOver(data: Payload): boolean {
  return ['deactivated', 'resolved'].includes(data.text('status')?.toLowerCase() ?? '')
}

/** "Sev0" to "Sev4", or the number alone: Azure counts from 0 (critical), error, warning, informational to verbose. */
function severityOf(severity: string | null): Pick<ToolEvent, 'severity' | 'severityLevel'> {
  const number = /^(?:Sev)?([0-4])$/i.exec(severity ?? '')?.[1]
  if (!number) return { severity }
  return { severity: `Sev${number}`, severityLevel: Number(number) + 1 }
}

function conditionsOf(context: Payload): string | null {
  const conditions = context.list('condition', 'allOf').map((condition) => {
    const what = condition.firstText('metricName', 'searchQuery')
    const parts = [what, condition.text('operator'), condition.text('threshold')].filter((part) => part !== null)
    const value = condition.text('metricValue')
    const dimensions = condition
      .list('dimensions')
      .map((dimension) => `${dimension.text('name')}=${dimension.text('value')}`)
    return [
      parts.join(' '),
      value === null ? null : `value ${value}`,
      dimensions.length > 0 ? dimensions.join(', ') : null,
    ]
      .filter((part) => part)
      .join('; ')
  })
  return conditions.filter((condition) => condition).join('\n') || null
}

function portalLink(resourceId: string | null): string | null {
  return resourceId?.startsWith('/') ? `https://portal.azure.com/#resource${resourceId}` : null
}

function nameOf(resourceId: string | null): string {
  return resourceId?.split('/').at(-1) || 'A resource'
}

function withoutMarkup(html: string | null): string | null {
  return html?.replace(/<[^<>]*>/g, ' ').replaceAll('&nbsp;', ' ') ?? null
}

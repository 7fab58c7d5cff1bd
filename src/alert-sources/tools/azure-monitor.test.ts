import { describe, it } from 'vitest'
import { azureMonitor } from './azure-monitor.ts'
import { Unreadable } from './tool.ts'
import { readOne } from './tool-request.fixtures.ts'

const common = (essentials: object) => ({
  schemaId: 'azureMonitorCommonAlertSchema',
  data: {
    essentials: { alertId: '/alerts/1', alertRule: 'CPU', severity: 'Sev1', monitorCondition: 'Fired', ...essentials },
    alertContext: {
      condition: { allOf: [{ metricName: 'CPU', operator: 'GreaterThan', threshold: '90', metricValue: 97 }] },
    },
    customProperties: { team: 'shop' },
  },
})

describe('Azure Monitor, common alert schema', () => {
  it('opens and resolves by the id of the alert', ({ expect }) => {
    expect(readOne(azureMonitor, common({ configurationItems: ['web-1'], description: 'Slow.' }))).toMatchObject({
      ...{ type: 'ALERT', key: '/alerts/1', summary: 'CPU on web-1', severity: 'Sev1', severityLevel: 2 },
      ...{ details: 'Slow.\n\nCPU GreaterThan 90; value 97', labels: { team: 'shop', target: 'web-1' } },
    })
    expect(readOne(azureMonitor, common({ monitorCondition: 'Resolved' }))).toMatchObject({
      ...{ type: 'RESOLVE', key: '/alerts/1' },
    })
  })

  it('counts severities from 0', ({ expect }) => {
    const level = (severity: string) => readOne(azureMonitor, common({ severity })).severityLevel
    expect(['Sev0', 'Sev1', 'Sev2', 'Sev3', 'Sev4'].map(level)).toEqual([1, 2, 3, 4, 5])
  })
})

describe('Azure Monitor, older schemas', () => {
  it('reads a metric alert, for each resource apart', ({ expect }) => {
    const alert = (status: string, resourceId: string) => ({
      schemaId: 'AzureMonitorMetricAlert',
      data: { status, context: { id: '/rules/cpu', name: 'CPU', severity: '3', resourceName: 'web-1', resourceId } },
    })
    const fired = readOne(azureMonitor, alert('Activated', '/vm/1'))
    expect(fired).toMatchObject({ type: 'ALERT', summary: 'CPU on web-1', severity: 'Sev3', severityLevel: 4 })
    expect(readOne(azureMonitor, alert('Deactivated', '/vm/1'))).toMatchObject({ type: 'RESOLVE', key: fired.key })
    expect(readOne(azureMonitor, alert('Activated', '/vm/2')).key).not.toBe(fired.key)
  })

  it('reads a classic alert, which has nothing around it', ({ expect }) => {
    expect(readOne(azureMonitor, { status: 'Resolved', context: { id: '/rules/cpu', name: 'CPU' } })).toMatchObject({
      ...{ type: 'RESOLVE', key: '/rules/cpu' },
    })
  })

  it('keeps one key for each run of a log search', ({ expect }) => {
    const run = (ResultCount: number) =>
      readOne(azureMonitor, { AlertRuleName: 'Errors', SubscriptionId: 's', ResultCount, Severity: '1' })
    expect(run(3)).toMatchObject({ type: 'ALERT', summary: 'Errors: 3 results', severityLevel: 2 })
    expect(run(3).key).toBe(run(5).key)
  })

  it('reads the activity log: service health resolves, other operations do not', ({ expect }) => {
    const alert = (activityLog: object) => ({
      schemaId: 'Microsoft.Insights/activityLogs',
      data: { status: 'Activated', context: { activityLog } },
    })
    const health = (stage: string) =>
      readOne(azureMonitor, alert({ properties: { title: 'Storage is slow', trackingId: 'ABC1-DEF', stage } }))
    expect(health('Active')).toMatchObject({ type: 'ALERT', key: 'ABC1-DEF', summary: 'Storage is slow' })
    expect(health('Resolved')).toMatchObject({ type: 'RESOLVE', key: 'ABC1-DEF' })
    const restart = {
      operationName: 'restart/action',
      correlationId: 'c-1',
      level: 'Informational',
      status: 'Succeeded',
    }
    expect(readOne(azureMonitor, alert(restart))).toMatchObject({
      type: 'ALERT',
      key: 'c-1',
      summary: 'restart/action',
    })
  })

  it('refuses what is none of these', ({ expect }) => {
    expect(() => readOne(azureMonitor, { data: { foo: 1 } })).toThrow(Unreadable)
  })
})

import { ilertEventType, readIlertEvent } from './ilert-event.ts'
import type { Payload } from './payload.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'

/** iLert's PowerShell scripts for System Center Operations Manager, and the one that we publish. */
export const scom: Tool = {
  id: 'scom',
  otherIds: ['ms-scom'],
  name: 'Microsoft SCOM',
  category: 'infrastructure',
  keywords: ['scom', 'system center', 'operations manager', 'windows', 'microsoft'],
  resolves: true,
  about: 'Alerts of System Center Operations Manager with their resolution states.',
  setup: ({ url }) => [
    {
      text: 'On each management server, save this script.',
      snippet: {
        language: 'text',
        caption: 'C:\\scripts\\tocsin.ps1',
        code: `param([Parameter(Mandatory = $true)][string]$AlertId)

[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
Import-Module OperationsManager
$alert = Get-SCOMAlert -Id $AlertId.Trim('{}')
$eventType = switch ([int]$alert.ResolutionState) { 249 { 'ACCEPT' } 254 { 'RESOLVE' } 255 { 'RESOLVE' } default { 'ALERT' } }
$body = @{
  eventType = $eventType
  alertKey  = $alert.Id.ToString()
  summary   = "$($alert.MonitoringObjectDisplayName): $($alert.Name)"
  details   = $alert.Description
  severity  = "$($alert.Severity)"
  labels    = @{ host = "$($alert.NetbiosComputerName)"; path = "$($alert.MonitoringObjectPath)" }
} | ConvertTo-Json
Invoke-RestMethod -Method Post -Uri '${url}' -ContentType 'application/json; charset=utf-8' -Body ([Text.Encoding]::UTF8.GetBytes($body))`,
      },
    },
    {
      text: 'In the console, open **Administration → Notifications → Channels → New → Command** and enter this.',
      snippet: {
        language: 'text',
        caption: 'Full path, parameters, start-up folder',
        code: `C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe
-ExecutionPolicy Bypass -File "C:\\scripts\\tocsin.ps1" "$Data[Default='Not Present']/Context/DataItem/AlertId$"
C:\\scripts`,
      },
    },
    {
      text: 'Add a subscriber with that channel, and a subscription for alerts **with a specific resolution state**: New (0), Acknowledged (249), Resolved (254) and Closed (255).',
    },
  ],
  read(request) {
    const body = request.json()
    return { events: [body.at('payload').isObject() ? readEnvelope(body) : readIlertEvent(body)] }
  },
  sample: {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      eventType: 'alert',
      alertId: '7f9d3c1e-52f4-4b0e-9a53-0d1c2b3a4f5e',
      payload: {
        summary: '[CRITICAL]: SQL01 - Health Service Heartbeat Failure',
        description: 'The System Center Management Health Service on computer SQL01 failed to heartbeat.',
        priority: 'High',
        severity: 'CRITICAL',
        source: 'SQL01',
        timestamp: '2026-01-05T10:00:00.0000000Z',
      },
    }),
  },
}

/** iLert's script: `{apiKey, eventType: alert|accepted|resolved, alertId, payload: {summary, description, …}}`. */
function readEnvelope(body: Payload): ToolEvent {
  const payload = body.at('payload')
  const id = body.text('alertId')?.replace(/^\{|\}$/g, '')
  if (!id) throw new Unreadable('`alertId` is missing.', 'alertId')
  return {
    type: ilertEventType(body.text('eventType')),
    key: id.toLowerCase(),
    summary: payload.text('summary') ?? '',
    details: payload.text('description'),
    severity: payload.text('severity'),
    labels: { host: payload.text('source'), ...payload.texts('labels') },
    payload: payload.value,
  }
}

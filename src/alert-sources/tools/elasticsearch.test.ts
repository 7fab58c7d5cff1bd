import { describe, expect, it } from 'vitest'
import { elasticsearch } from './elasticsearch.ts'
import { eventsOf } from './reading.fixtures.ts'
import { Unreadable } from './tool.ts'

const rule = { id: 'r1', name: 'CPU high', tags: ['prod', 'web'], url: 'https://kibana.example.com/app/rules/r1' }
const context = {
  reason: 'CPU is at 97 % on web-1',
  alertDetailsUrl: 'https://kibana.example.com/alert/u1',
  viewInAppUrl: 'https://kibana.example.com/app/metrics',
}

describe("Kibana's webhook connector", () => {
  it('reports an active alert', async () => {
    const alert = { id: 'web-1', uuid: 'u1', actionGroup: 'metrics.threshold.fired' }
    expect(await eventsOf(elasticsearch, { alert, rule, context })).toMatchObject([
      {
        ...{ type: 'ALERT', key: 'u1', summary: 'CPU high: CPU is at 97 % on web-1', severity: null },
        details: 'CPU is at 97 % on web-1',
        labels: { rule: 'CPU high', alert: 'web-1', tags: 'prod,web' },
        links: [
          { href: 'https://kibana.example.com/alert/u1', text: 'Alert' },
          { href: 'https://kibana.example.com/app/metrics', text: 'View in Kibana' },
          { href: 'https://kibana.example.com/app/rules/r1', text: 'Rule' },
        ],
      },
    ])
  })

  it.each(['recovered', 'Recovered', 'xpack.uptime.recovered'])('resolves in the group %s', async (actionGroup) => {
    const alert = { id: 'web-1', uuid: 'u1', actionGroup }
    expect(await eventsOf(elasticsearch, { alert, rule, context })).toMatchObject([{ type: 'RESOLVE', key: 'u1' }])
  })

  it('resolves by the state where there is no group', async () => {
    const body = { alert: { uuid: 'u1' }, rule, context: { ...context, alertState: 'OK' } }
    expect(await eventsOf(elasticsearch, body)).toMatchObject([{ type: 'RESOLVE' }])
  })

  it('tells alerts of Kibana before 8.12 apart by rule and alert, which had no uuid', async () => {
    const body = { alert: { id: 'web-1', uuid: '', actionGroup: 'default' }, rule }
    expect(await eventsOf(elasticsearch, body)).toMatchObject([{ key: 'r1/web-1', summary: 'CPU high' }])
  })

  it('takes the severity of a detection rule', async () => {
    const alert = { uuid: 's1', actionGroup: 'default' }
    const signal = { 'kibana.alert.severity': 'critical' }
    const byRule = await eventsOf(elasticsearch, {
      alert,
      rule,
      context: { rule: { severity: 'high' }, alerts: [signal] },
    })
    expect(byRule).toMatchObject([{ severity: 2, labels: { severity: 'high' } }])
    expect(await eventsOf(elasticsearch, { alert, rule, context: { alerts: [signal] } })).toMatchObject([
      { severity: 1 },
    ])
  })

  it('says what to do where the body is not the template', async () => {
    await expect(eventsOf(elasticsearch, { message: 'hello' })).rejects.toThrow(Unreadable)
    await expect(eventsOf(elasticsearch, { message: 'hello' })).rejects.toMatchObject({ field: 'rule.name' })
  })

  it('reads what the published template becomes', async () => {
    const template = elasticsearch
      .setup({ url: 'https://tocsin.example.com/x', origin: 'https://tocsin.example.com', key: 'k' })
      .flatMap(({ snippet }) => (snippet?.language === 'json' ? snippet.code : []))
      .join()
    const values: Record<string, string> = {
      ...{ 'alert.id': 'web-1', 'alert.uuid': 'u1', 'alert.actionGroup': 'recovered', 'rule.name': 'CPU high' },
      ...{ 'rule.tags': 'prod,web', 'context.reason': 'said \\"97 %\\"' },
    }
    const body = template.replace(/\{\{([\w.]+)\}\}/g, (_, name) => values[name] ?? '')
    expect(await eventsOf(elasticsearch, body)).toMatchObject([
      { type: 'RESOLVE', key: 'u1', details: 'said "97 %"', labels: { tags: 'prod,web' }, links: [] },
    ])
  })
})

import { describe, it } from 'vitest'
import { datadog } from './datadog.ts'
import { readOne } from './tool-request.fixtures.ts'

const template = JSON.parse(
  datadog.setup({ url: '', origin: '', key: '' }).find(({ snippet }) => snippet?.caption === 'Payload')?.snippet
    ?.code ?? '',
) as Record<string, string>

const sent = (values: Record<string, string>) => ({ ...template, ...values })

describe('Datadog', () => {
  it('keeps one key from the trigger to the recovery', ({ expect }) => {
    for (const transition of ['Triggered', 'Re-Triggered', 'No Data', 'Warn', 'Re-Warn', 'Renotify'])
      expect(readOne(datadog, sent({ alert_cycle_key: '81', transition, title: 'CPU' }))).toMatchObject({
        ...{ type: 'ALERT', key: '81', summary: 'CPU' },
      })
    expect(readOne(datadog, sent({ alert_cycle_key: '81', transition: 'Recovered' }))).toMatchObject({
      ...{ type: 'RESOLVE', key: '81' },
    })
  })

  it('takes a variable that was not filled in for missing', ({ expect }) => {
    const event = readOne(datadog, sent({ aggreg_key: '9b', type: 'info', priority: 'normal', title: 'Deployed' }))
    expect(event).toMatchObject({ type: 'ALERT', key: '9b', severity: 'info', links: [], images: [], labels: {} })
    expect(JSON.stringify({ ...event, payload: null })).not.toContain('$')
  })

  it('tells the groups of a monitor apart where there is no better key', ({ expect }) => {
    const key = (scope: string) => readOne(datadog, sent({ alert_id: '7', scope })).key
    expect(key('host:a')).not.toBe(key('host:b'))
  })

  it('prefers the priority of the monitor to the type of the event', ({ expect }) => {
    expect(readOne(datadog, sent({ priority: 'P2', type: 'error' })).severity).toBe('P2')
    expect(readOne(datadog, sent({ type: 'warning' })).severity).toBe('warning')
  })

  it('takes tags for labels and leaves out a snapshot that is none', ({ expect }) => {
    const event = readOne(datadog, sent({ tags: 'env:prod, monitor, url:https://x', snapshot: 'null', host: 'db-1' }))
    expect(event.labels).toEqual({ env: 'prod', url: 'https://x', host: 'db-1' })
    expect(event.images).toEqual([])
  })

  it('reads the end from the title where the payload is Datadog’s own', ({ expect }) => {
    const event = (title: string) => readOne(datadog, { id: '72', title, body: '%%%\nHigh.\n%%%' })
    expect(event('[Triggered on {host:a}] CPU')).toMatchObject({ type: 'ALERT', key: '72', details: '\nHigh.\n' })
    expect(event('[Recovered on {host:a}] CPU').type).toBe('RESOLVE')
    expect(event('[P1] [Recovered] CPU').type).toBe('RESOLVE')
    expect(event('What [Recovered] means').type).toBe('ALERT')
  })

  it('takes the payload as a form', ({ expect }) => {
    expect(readOne(datadog, 'x=y', { form: { alert_cycle_key: '81', title: 'CPU' } }).key).toBe('81')
  })

  it('takes the template that was made for iLert', ({ expect }) => {
    const body = { alert_id: '7', alert_transition: 'Recovered', title: 'CPU', org: { id: '1', name: 'x' } }
    expect(readOne(datadog, body)).toMatchObject({ type: 'RESOLVE', key: '7' })
  })
})

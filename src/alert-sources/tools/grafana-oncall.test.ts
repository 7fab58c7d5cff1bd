import { describe, expect, it } from 'vitest'
import { grafanaOncall } from './grafana-oncall.ts'
import { eventsOf } from './reading.fixtures.ts'
import { Unreadable } from './tool.ts'

describe("Grafana OnCall's format", () => {
  it('alerts', async () => {
    const body = {
      ...{ alert_uid: 'u1', title: 'Disk full', state: 'alerting', message: '97 % used' },
      image_url: 'https://graphs.example.com/1.png',
      link_to_upstream_details: 'https://monitoring.example.com/1',
    }
    expect(await eventsOf(grafanaOncall, body)).toMatchObject([
      {
        ...{ type: 'ALERT', key: 'u1', summary: 'Disk full', details: '97 % used' },
        images: [{ src: 'https://graphs.example.com/1.png' }],
        links: [{ href: 'https://monitoring.example.com/1', text: 'Details' }],
      },
    ])
  })

  it.each(['ok', 'OK', 'resolved'])('resolves with %s', async (state) => {
    const body = { alert_uid: 'u1', title: 'Disk full', state }
    expect(await eventsOf(grafanaOncall, body)).toMatchObject([{ type: 'RESOLVE', key: 'u1' }])
  })

  it('pairs the two titles of a sender without uids', async () => {
    const [down] = await eventsOf(grafanaOncall, { title: 'Shop is down', state: 'alerting', message: 'timeout' })
    const [up] = await eventsOf(grafanaOncall, { title: 'Shop is up', state: 'ok', message: '200 - OK' })
    expect([down?.type, up?.type]).toEqual(['ALERT', 'RESOLVE'])
    expect(down?.key).toBe(up?.key)
  })

  it('is nothing without all of its fields', async () => {
    await expect(eventsOf(grafanaOncall, { hello: 'world' })).rejects.toThrow(Unreadable)
  })
})

import { describe, expect, it } from 'vitest'
import { netdata } from './netdata.ts'
import { readOne } from './tool-request.fixtures.ts'

const shipped = (severity: string, info = 'disk / space utilization') => `  {
    "alert" : "disk_space_usage",
    "alert_url" : "https://registry.example.com/alert?chart=disk_space._",
    "alarm_id" : 1693478123,
    "chart" : "disk_space._",
    "host" : "node1",
    "info" : "${info}",
    "message" : "is critical",
    "severity": ${severity},
    "value" : "98.2%",
    "src" : "line=12,file=/etc/netdata/health.d/disks.conf"
  }`

describe('Netdata', () => {
  it.each(['"CRITICAL"', 'CRITICAL'])('reads the severity %s, with and without quotes', (severity) => {
    expect(readOne(netdata, shipped(severity))).toMatchObject({
      ...{ type: 'ALERT', key: '1693478123', severity: 'CRITICAL' },
      summary: 'node1: disk_space_usage is critical (98.2%)',
      links: [{ href: 'https://registry.example.com/alert?chart=disk_space._', text: 'Netdata' }],
    })
  })

  it('reads texts with quotes that the script does not escape', () => {
    expect(readOne(netdata, shipped('WARNING', 'the "root" disk: full,')).details).toMatch(/^the "root" disk: full,\n/)
  })

  it.each(['CLEAR', '"CLEAR"', '"resolved"', 'REMOVED'])('resolves by %s', (severity) => {
    expect(readOne(netdata, shipped(severity))).toMatchObject({ type: 'RESOLVE', key: '1693478123' })
  })

  it('says what is wrong with what is no notification', () => {
    expect(() => readOne(netdata, 'severity: CRITICAL')).toThrow(/JSON/)
    expect(() => readOne(netdata, { alert: 'x' })).toThrow(/severity/)
  })
})

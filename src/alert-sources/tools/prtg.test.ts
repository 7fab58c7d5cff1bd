import { describe, expect, it } from 'vitest'
import { prtg } from './prtg.ts'
import { readOne, requestOf } from './tool-request.fixtures.ts'

const fields = (more = {}) => ({
  ...{ sensorid: '2043', sensor: 'Ping', device: 'db-1', status: 'Down', priority: '5' },
  ...{ linksensor: 'https://prtg.example.com/sensor.htm?id=2043', message: 'Request timed out', ...more },
})

describe('PRTG', () => {
  it.each([
    ['Down', 'ALERT', 'Down'],
    ['Warning', 'ALERT', 'Warning'],
    ['Down (Acknowledged)', 'ACCEPT', 'Down'],
    ['Down ended (now: Up)', 'RESOLVE', 'Down'],
    ['Up', 'RESOLVE', null],
  ])('reads the status %s', (status, type, severity) => {
    expect(readOne(prtg, fields({ status }))).toMatchObject({ type, severity, key: '2043' })
  })

  it('says what is wrong and where', () => {
    expect(readOne(prtg, fields())).toMatchObject({
      ...{ summary: 'db-1 / Ping: Down – Request timed out', labels: { device: 'db-1', sensor: 'Ping' } },
    })
  })

  it.each([
    ['as it is', JSON.stringify(fields()), undefined],
    ['encoded as a whole', encodeURIComponent(JSON.stringify(fields())).replaceAll('%20', '+'), undefined],
    ['as fields', 'sensorid=2043&…', fields()],
  ])('reads its payload %s', (_, body, form) => {
    expect(readOne(prtg, body, { form })).toMatchObject({ key: '2043', details: 'Request timed out' })
  })

  it('reads a message with quotes, which PRTG does not escape', () => {
    const body = '{"sensorid":"2043","device":"db-1","status":"Down","message":"no "OK" in {"a":"b"}"}'
    expect(readOne(prtg, body).details).toBe('no "OK" in {"a":"b"}')
  })

  it('opens nothing for a test, in which the placeholders stand, or a paused sensor', () => {
    expect(prtg.read(requestOf(fields({ status: '%status' }))).ignored).toMatch(/test/)
    expect(prtg.read(requestOf(fields({ status: 'Paused (by user)' }))).events).toEqual([])
  })

  it('says what is missing', () => {
    expect(() => readOne(prtg, { sensorid: '1' })).toThrow(/status/)
    expect(() => readOne(prtg, { status: 'Down' })).toThrow(/sensorid/)
    expect(() => readOne(prtg, '%7B%ZZ')).toThrow(/encoded/)
    expect(() => readOne(prtg, 'x')).toThrow(/payload/)
  })

  it('publishes a payload in one line, for PRTG cuts it at a break', () => {
    const [, step] = prtg.setup({ url: 'https://x.example.com/k', origin: 'https://x.example.com', key: 'k' })
    expect(step?.snippet?.code).not.toContain('\n')
    expect(JSON.parse(step?.snippet?.code ?? '')).toMatchObject({ sensorid: '%sensorid', message: '%message' })
  })
})

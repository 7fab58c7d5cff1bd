import { describe, expect, it } from 'vitest'
import { homeAssistant } from './home-assistant.ts'
import { readOne } from './tool-request.fixtures.ts'

describe('Home Assistant', () => {
  const leak = { entity_id: 'binary_sensor.leak', title: 'Water in the server room', message: 'Seen by Leak' }

  it('opens and resolves by the entity and its state', () => {
    expect(readOne(homeAssistant, { ...leak, state: 'on' })).toMatchObject({
      ...{ type: 'ALERT', key: 'binary_sensor.leak', summary: 'Water in the server room', details: 'Seen by Leak' },
    })
    expect(readOne(homeAssistant, { ...leak, state: 'off' })).toMatchObject({
      type: 'RESOLVE',
      key: 'binary_sensor.leak',
    })
  })

  it('alerts for a sensor that can’t be reached', () => {
    expect(readOne(homeAssistant, { ...leak, state: 'unavailable' }).type).toBe('ALERT')
  })

  it('takes a notification, and iLert’s event', () => {
    expect(readOne(homeAssistant, { title: 'Freezer', message: 'warm', data: { tag: 'freezer' } })).toMatchObject({
      ...{ type: 'ALERT', key: 'freezer', summary: 'Freezer' },
    })
    expect(readOne(homeAssistant, { eventType: 'RESOLVE', alertKey: 'k' })).toMatchObject({ type: 'RESOLVE', key: 'k' })
    expect(() => readOne(homeAssistant, { state: 'on' })).toThrow(/entity_id/)
  })
})

import { readIlertEvent } from './ilert-event.ts'
import type { Payload } from './payload.ts'
import { type Tool, type ToolEvent, Unreadable } from './tool.ts'

/** States of entities and automations that mean that all is well. */
const WELL = new Set(['off', 'ok', 'closed', 'dry', 'clear', 'home', 'connected', 'resolved', 'normal'])

/** What an automation posts by the `rest_command` that we publish, and by the `notify` platform `rest`. */
export const homeAssistant: Tool = {
  id: 'home-assistant',
  otherIds: ['homeassistant', 'hass'],
  name: 'Home Assistant',
  category: 'other',
  keywords: ['home assistant', 'hass', 'iot', 'sensor', 'smart home'],
  resolves: true,
  about: 'Whatever your automations find wrong: water, smoke, a freezer that warms up.',
  setup: ({ url }) => [
    {
      text: 'Add a command to `configuration.yaml` and restart Home Assistant.',
      snippet: {
        language: 'yaml',
        caption: 'configuration.yaml',
        code: `rest_command:
  tocsin:
    url: '${url}'
    method: post
    content_type: application/json
    payload: >-
      {{ {'entity_id': entity_id, 'state': state, 'title': title, 'message': message | default('')} | tojson }}`,
      },
    },
    {
      text: 'Call it from an automation, for the problem and for its end. `off`, `ok`, `closed` and the like resolve; every other state alerts.',
      snippet: {
        language: 'yaml',
        caption: 'automations.yaml',
        code: `- alias: Water in the server room
  triggers:
    - trigger: state
      entity_id: binary_sensor.server_room_leak
      to: ['on', 'off']
  actions:
    - action: rest_command.tocsin
      data:
        entity_id: '{{ trigger.entity_id }}'
        state: '{{ trigger.to_state.state }}'
        title: Water in the server room
        message: 'Seen by {{ trigger.to_state.name }}'`,
      },
    },
  ],
  read(request) {
    const body = request.json()
    return { events: [body.text('eventType') ? readIlertEvent(body) : readState(body)] }
  },
  sample: {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      entity_id: 'binary_sensor.server_room_leak',
      state: 'on',
      title: 'Water in the server room',
      message: 'Seen by Leak sensor',
    }),
  },
}

function readState(body: Payload): ToolEvent {
  const entity = body.firstText('entity_id', 'key', 'tag')
  const title = body.firstText('title', 'summary', 'name')
  const message = body.text('message')
  if (!entity && !title && !message)
    throw new Unreadable('One of `entity_id`, `title` and `message` must be there.', 'entity_id')
  const state = body.firstText('state', 'status')
  const data = body.at('data')
  return {
    type: state && WELL.has(state.toLowerCase()) ? 'RESOLVE' : 'ALERT',
    // A notification without an entity has only its title to be known by.
    key: entity ?? data.text('tag') ?? title,
    summary: title ?? message ?? `${entity} is ${state ?? 'in an unknown state'}`,
    details: message,
    severity: body.text('severity') ?? data.text('severity'),
    links: [{ href: body.text('url') ?? data.text('url'), text: 'Home Assistant' }],
    images: [{ src: data.text('image') }],
    labels: { entity_id: entity, state },
  }
}

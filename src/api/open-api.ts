import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Handler } from 'hono'
import { eventBody } from '../alert-sources/event-body.ts'
import { publicUrl } from '../public-url.ts'
import type { ApiEnv } from './context.ts'
import { problem } from './schemas/common.ts'
import { eventAnswer } from './schemas/event.ts'

const DESCRIPTION = `Alerting and on-call management. Lists are paged with \`start-index\` and \`max-results\`; PUT replaces the
whole resource; instants are ISO-8601 in UTC. An incident is named by its id or by its reference, such as PROM-42.`

/** Answered without any of the API's code; described here with the schema that validates them there. */
const EVENT_PATHS = [
  { path: '/api/v1/events', status: 200 },
  { path: '/api/events', status: 202 },
]

/** The API's description (OpenAPI 3.1), made from the schemas that validate its requests. */
export function openApi(app: OpenAPIHono<ApiEnv>): Handler<ApiEnv> {
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' })
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    ...{ type: 'apiKey', in: 'cookie', name: 'tocsin.session_token' },
    description: 'The dashboard’s session, for requests of its own pages',
  })
  app.openAPIRegistry.register('Error', problem)
  for (const { path, status } of EVENT_PATHS) {
    app.openAPIRegistry.registerPath({
      ...{ method: 'post', path, tags: ['Events'], summary: 'Send an event', security: [] },
      request: { body: { required: true, content: { 'application/json': { schema: eventBody } } } },
      responses: {
        [status]: { description: 'The event is kept', content: { 'application/json': { schema: eventAnswer } } },
      },
    })
  }
  return (c) => {
    const document = app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Tocsin', version: '1', description: DESCRIPTION },
      servers: [{ url: publicUrl(c.env, c.req.raw) }],
    })
    const refused = {
      description: 'Refused',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    }
    for (const path of Object.values(document.paths ?? {})) {
      for (const method of ['get', 'post', 'put', 'delete'] as const)
        Object.assign(path[method]?.responses ?? {}, { default: refused })
    }
    return c.json(document)
  }
}

import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import type * as z from 'zod'
import type { ApiEnv } from './context.ts'
import { refuseInvalid } from './errors.ts'
import { type Access, allow } from './permissions.ts'

/** A resource's router: what its schemas refuse becomes an error that names the field. */
export function router(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
}

/** A route, which has to say who may use it before it says anything else. */
export function route<Path extends string, Config extends Omit<RouteConfig, 'path' | 'middleware'> & { path: Path }>(
  access: Access,
  config: Config,
) {
  const security: RouteConfig['security'] = access === 'anyone' ? [] : [{ apiKey: [] }, { session: [] }]
  return createRoute({ ...config, middleware: allow(access), security })
}

/** A JSON answer. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** A JSON body that has to be there. */
export function body<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } }
}

export const noContent = { 204: { description: 'Done' } }

import * as z from 'zod'
import { createApiKey, deleteApiKey, listApiKeys, type StoredApiKey } from '../directory/users/api-keys.ts'
import { sha256 } from '../secrets.ts'
import { randomToken } from './random-token.ts'
import { body, json, noContent, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import { type ApiKey, apiKey, apiKeyCreated, apiKeyInput } from './schemas/user.ts'

const tags = ['API keys']

export const apiKeys = router()

apiKeys.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/api-keys', tags, summary: 'List the own API keys' },
    responses: { 200: json(z.array(apiKey), 'All of them') },
  }),
  async (c) => c.json((await listApiKeys(c.env, c.var.signedIn.id)).map(present), 200),
)

apiKeys.openapi(
  route('signed-in', {
    ...{ method: 'post', path: '/api-keys', tags, summary: 'Create an API key, which acts as its user' },
    request: { body: body(apiKeyInput) },
    responses: { 201: json(apiKeyCreated, 'The key: it is shown only now') },
  }),
  async (c) => {
    // The prefix lets people and secret scanners recognise it.
    const key = `tocsin_${randomToken()}`
    const created = await createApiKey(c.env, c.var.signedIn.id, c.req.valid('json').name, await sha256(key))
    return c.json({ ...present(created), key }, 201)
  },
)

apiKeys.openapi(
  route('signed-in', {
    ...{ method: 'delete', path: '/api-keys/{id}', tags, summary: 'Delete one of the own API keys' },
    request: { params: idParam },
    responses: noContent,
  }),
  async (c) => {
    await deleteApiKey(c.env, c.var.signedIn.id, c.req.valid('param').id)
    return c.body(null, 204)
  },
)

function present({ id, name, createdAt, lastUsedAt }: StoredApiKey): ApiKey {
  return { id, name, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null }
}

import { loadSettings, saveSettings } from '../directory/settings.ts'
import { body, json, route, router } from './route.ts'
import { settings as schema } from './schemas/settings.ts'

const tags = ['Settings']

export const settings = router()

settings.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/settings', tags, summary: 'What is the same for the whole deployment' },
    responses: { 200: json(schema, 'The settings') },
  }),
  async (c) => c.json(await loadSettings(c.env), 200),
)

settings.openapi(
  route('administrator', {
    ...{ method: 'put', path: '/settings', tags, summary: 'Replace the settings' },
    request: { body: body(schema) },
    responses: { 200: json(schema, 'The settings afterwards') },
  }),
  async (c) => {
    const { organisation, fallbackContacts } = c.req.valid('json')
    await saveSettings(c.env, { organisation, fallbackIds: fallbackContacts.map(({ id }) => id) })
    return c.json(await loadSettings(c.env), 200)
  },
)

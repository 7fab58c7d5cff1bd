import { Refusal } from '../directory/refusal.ts'
import { createFirstAdministrator, needsSetup } from '../directory/users/first-administrator.ts'
import { sameSecret } from '../secrets.ts'
import { hashPassword } from './password.ts'
import { body, json, route, router } from './route.ts'
import { setupRequest, setupState } from './schemas/setup.ts'

const tags = ['Set-up']

export const setup = router()

setup.openapi(
  route('anyone', {
    ...{ method: 'get', path: '/setup', tags, summary: 'Whether the first administrator is still to be created' },
    responses: { 200: json(setupState, 'Whether set-up is needed') },
  }),
  async (c) => c.json({ needed: await needsSetup(c.env) }, 200),
)

setup.openapi(
  route('anyone', {
    ...{ method: 'post', path: '/setup', tags, summary: 'Create the first administrator, once' },
    request: { body: body(setupRequest) },
    responses: { 201: json(setupState, 'It is done: sign in') },
  }),
  async (c) => {
    const { secret, password, organisation, ...fields } = c.req.valid('json')
    if (!c.env.SETUP_SECRET) {
      throw new Refusal(
        'FORBIDDEN',
        'SETUP_SECRET is not set: set it with `wrangler secret put SETUP_SECRET`',
        'secret',
      )
    }
    if (!(await sameSecret(secret, c.env.SETUP_SECRET))) {
      throw new Refusal('FORBIDDEN', 'This is not the set-up secret of this deployment', 'secret')
    }
    // Hashing is costly, so it is only for those who may.
    if (!(await needsSetup(c.env))) throw new Refusal('CONFLICT', 'This deployment is set up already: sign in')
    await createFirstAdministrator(c.env, fields, await hashPassword(password), organisation || null)
    return c.json({ needed: false }, 201)
  },
)

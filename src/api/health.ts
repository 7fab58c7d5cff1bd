import * as z from 'zod'
import { health as checkHealth, onCallHealth } from '../directory/health.ts'
import { authenticate } from './authentication.ts'
import { json, route, router } from './route.ts'
import { health as schema } from './schemas/health.ts'

export const health = router()

const answered = z.union([schema, schema.pick({ status: true })])

health.openapi(
  route('anyone', {
    ...{
      method: 'get',
      path: '/health',
      tags: ['Health'],
      summary: 'Whether all is well; what is not, for who is signed in',
    },
    responses: { 200: json(answered, 'All is well'), 503: json(answered, 'Something needs looking at') },
  }),
  async (c) => {
    const now = Date.now()
    const { status, checks } = await checkHealth(c.env, now)
    // With the database failing nobody can be recognised, but the answer still has to come.
    const signedIn = await authenticate(c).catch(() => null)
    const code = status === 'OK' ? 200 : 503
    if (!signedIn) return c.json({ status }, code)
    return c.json({ status, checks: [...checks, ...(await onCallHealth(c.env, now))] }, code)
  },
)

import { createMiddleware } from 'hono/factory'
import { Refusal } from '../directory/refusal.ts'
import { authenticate } from './authentication.ts'
import type { ApiEnv } from './context.ts'

/**
 * Who may use a route. `self`: administrators, and the user whom the path's `id` names. Every route says one
 * (`route.ts` asks for it), so nothing is open because it was forgotten.
 */
export type Access = 'anyone' | 'signed-in' | 'self' | 'administrator'

export function allow(access: Access) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    if (access === 'anyone') return next()
    const signedIn = await authenticate(c)
    if (!signedIn) {
      throw new Refusal('UNAUTHORIZED', 'Sign in, or send an API key in the header Authorization: Bearer …')
    }
    c.set('signedIn', signedIn)
    const mayPass =
      access === 'signed-in' ||
      signedIn.role === 'ADMIN' ||
      (access === 'self' && Number(c.req.param('id')) === signedIn.id)
    if (!mayPass) {
      throw new Refusal(
        'FORBIDDEN',
        access === 'self'
          ? 'Only an administrator may change what belongs to others'
          : 'Only an administrator may do this',
      )
    }
    return next()
  })
}

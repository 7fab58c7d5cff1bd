import { acceptInvitation, findInvited, type NewInvitation } from '../directory/users/invitations.ts'
import { publicUrl } from '../public-url.ts'
import { sha256 } from '../secrets.ts'
import type { Context } from './context.ts'
import { hashPassword } from './password.ts'
import { randomToken } from './random-token.ts'
import { body, json, noContent, route, router } from './route.ts'
import { acceptInvitationRequest, invited, tokenParam } from './schemas/setup.ts'

const VALID_MS = 7 * 86_400_000

const tags = ['Invitations']

export const invitations = router()

invitations.openapi(
  route('anyone', {
    ...{ method: 'get', path: '/invitations/{token}', tags, summary: 'Whom a link is for' },
    request: { params: tokenParam },
    responses: { 200: json(invited, 'The invited person') },
  }),
  async (c) => {
    const { email, firstName } = await findInvited(c.env, await sha256(c.req.valid('param').token))
    return c.json({ email, firstName }, 200)
  },
)

invitations.openapi(
  route('anyone', {
    ...{ method: 'post', path: '/invitations/accept', tags, summary: 'Choose a password with a link' },
    request: { body: body(acceptInvitationRequest) },
    responses: noContent,
  }),
  async (c) => {
    const { token, password } = c.req.valid('json')
    const tokenHash = await sha256(token)
    // Hashing is costly, so it is only for those who have a link.
    await findInvited(c.env, tokenHash)
    await acceptInvitation(c.env, tokenHash, await hashPassword(password))
    return c.body(null, 204)
  },
)

/** A link with which to choose a password: what is kept of it, and what is shown once. */
export async function newInvitation(
  c: Context,
): Promise<{ stored: NewInvitation; shown: { url: string; expiresAt: string } }> {
  const token = randomToken()
  const expiresAt = new Date(Date.now() + VALID_MS)
  return {
    stored: { tokenHash: await sha256(token), expiresAt, invitedBy: c.var.signedIn.id },
    shown: { url: `${publicUrl(c.env, c.req.raw)}/invitation/${token}`, expiresAt: expiresAt.toISOString() },
  }
}

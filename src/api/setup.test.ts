import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import type { CurrentUser } from './schemas/user.ts'
import { ADA, clientOf, deployment, emptyDeployment, ORIGIN } from './test-client.ts'

const request = { secret: env.SETUP_SECRET, ...ADA }

describe('set-up', () => {
  it('creates the first administrator, who then can sign in', async ({ expect }) => {
    const nobody = await emptyDeployment()
    expect(await nobody.get('/setup')).toEqual({ needed: true })
    await nobody.post('/setup', { ...request, organisation: 'Example' })
    expect(await nobody.get('/setup')).toEqual({ needed: false })

    const signedIn = await nobody.raw('POST', '/api/auth/sign-in/email', JSON.stringify(ADA), { origin: ORIGIN })
    expect(signedIn.status).toBe(200)

    const me = await (await clientOf(1)).get<CurrentUser>('/users/current')
    expect(me).toMatchObject({
      email: ADA.email,
      role: 'ADMIN',
      status: 'ACTIVE',
      organisation: 'Example',
      sandbox: true,
    })
  })

  it('asks for the secret, and for a password worth having', async ({ expect }) => {
    const nobody = await emptyDeployment()
    expect(await nobody.refused('POST', '/setup', { ...request, secret: 'guessed' })).toMatchObject({
      status: 403,
      field: 'secret',
    })
    expect(await nobody.refused('POST', '/setup', { ...request, password: 'short' })).toMatchObject({
      status: 400,
      field: 'password',
    })
    expect(await nobody.get('/setup')).toEqual({ needed: true })
  })

  it('happens once, also when two ask at the same time with one address', async ({ expect }) => {
    const nobody = await emptyDeployment()
    const answers = await Promise.all(
      ['correct horse battery', 'another password'].map((password) =>
        nobody.raw('POST', '/setup', JSON.stringify({ ...request, password })),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    const { results } = await env.DB.prepare('SELECT user_id FROM accounts').all()
    expect(results).toEqual([{ user_id: 1 }])
  })

  it('is over once there is somebody, whoever that is', async ({ expect }) => {
    const ada = await deployment()
    const bea = await ada.person('Bea', 'ADMIN')
    await (await clientOf(bea.id)).delete('/users/1')
    expect(await ada.refused('POST', '/setup', request)).toMatchObject({ status: 409, code: 'CONFLICT' })
  })
})

import * as z from 'zod'
import { Refusal } from '../directory/refusal.ts'
import { loadSettings } from '../directory/settings.ts'
import { saveInvitation } from '../directory/users/invitations.ts'
import { deleteUser } from '../directory/users/user-deletion.ts'
import { loadNeeds } from '../directory/users/user-needs.ts'
import { createUser, findUser, listUsers, type StoredUser, updateUser } from '../directory/users/users.ts'
import type { Context } from './context.ts'
import { newInvitation } from './invitations.ts'
import { body, json, noContent, route, router } from './route.ts'
import { idParam, paging } from './schemas/common.ts'
import { currentUser, invitation, type User, user, userCreated, userInput, userUpdate } from './schemas/user.ts'
import { deletionQuery, userNeeds } from './schemas/user-deletion.ts'
import { prolongSession } from './sign-in.ts'

const tags = ['Users']

export const users = router()

users.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/users', tags, summary: 'List users' },
    request: { query: paging },
    responses: { 200: json(z.array(user), 'One page of users') },
  }),
  async (c) => {
    const { 'start-index': startIndex, 'max-results': maxResults } = c.req.valid('query')
    return c.json((await listUsers(c.env, { startIndex, maxResults })).map(present), 200)
  },
)

users.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/users', tags, summary: 'Create a user and invite them' },
    request: { body: body(userInput) },
    responses: { 201: json(userCreated, 'The user, and the link with which they choose a password') },
  }),
  async (c) => {
    const { stored, shown } = await newInvitation(c)
    const created = await createUser(c.env, c.req.valid('json'), stored)
    return c.json({ ...present(created), invitation: shown }, 201)
  },
)

users.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/users/current', tags, summary: 'Who is signed in' },
    responses: { 200: json(currentUser, 'The user who asks') },
  }),
  async (c) => {
    if (c.var.signedIn.via === 'session') await prolongSession(c)
    return c.json(await presentCurrent(c, await findUser(c.env, c.var.signedIn.id)), 200)
  },
)

users.openapi(
  route('signed-in', {
    ...{ method: 'put', path: '/users/current', tags, summary: 'Replace the own user' },
    request: { body: body(userUpdate) },
    responses: { 200: json(currentUser, 'The user afterwards') },
  }),
  async (c) => c.json(await presentCurrent(c, await update(c, c.var.signedIn.id, c.req.valid('json'))), 200),
)

users.openapi(
  route('signed-in', {
    ...{ method: 'get', path: '/users/{id}', tags, summary: 'Get a user' },
    request: { params: idParam },
    responses: { 200: json(user, 'The user') },
  }),
  async (c) => c.json(present(await findUser(c.env, c.req.valid('param').id)), 200),
)

users.openapi(
  route('self', {
    ...{ method: 'put', path: '/users/{id}', tags, summary: 'Replace a user' },
    request: { params: idParam, body: body(userUpdate) },
    responses: { 200: json(user, 'The user afterwards') },
  }),
  async (c) => c.json(present(await update(c, c.req.valid('param').id, c.req.valid('json'))), 200),
)

users.openapi(
  route('signed-in', {
    ...{
      method: 'get',
      path: '/users/{id}/needed',
      tags,
      summary: 'Where a user is needed: what a deletion would leave open',
    },
    request: { params: idParam },
    responses: { 200: json(userNeeds, 'All of it; empty lists: nowhere') },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    return c.json(await loadNeeds(c.env, id, Date.now()), 200)
  },
)

users.openapi(
  route('administrator', {
    ...{ method: 'delete', path: '/users/{id}', tags, summary: 'Delete a user, who may be replaced by another' },
    request: { params: idParam, query: deletionQuery },
    responses: noContent,
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    if (id === c.var.signedIn.id) throw new Refusal('CONFLICT', 'You can’t delete yourself: another administrator can')
    await deleteUser(c.env, id, c.req.valid('query')['replace-by'])
    return c.body(null, 204)
  },
)

users.openapi(
  route('administrator', {
    ...{ method: 'post', path: '/users/{id}/invitation', tags, summary: 'A new link to choose a password with' },
    request: { params: idParam },
    responses: { 201: json(invitation, 'The link; earlier ones end') },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    const { stored, shown } = await newInvitation(c)
    await saveInvitation(c.env, id, stored)
    return c.json(shown, 201)
  },
)

async function update(c: Context, id: number, changes: z.infer<typeof userUpdate>): Promise<StoredUser> {
  const before = await findUser(c.env, id)
  const { role = before.role, timezone = before.timezone, language = before.language, ...names } = changes
  if (role !== before.role && c.var.signedIn.role !== 'ADMIN') {
    throw new Refusal('FORBIDDEN', 'Only an administrator may change a role', 'role')
  }
  return updateUser(c.env, before, { ...names, role, timezone, language })
}

async function presentCurrent(c: Context, stored: StoredUser): Promise<z.infer<typeof currentUser>> {
  const { organisation } = await loadSettings(c.env)
  return { ...present(stored), sandbox: c.env.SANDBOX === '1', demo: c.env.DEMO === '1', organisation }
}

function present({
  id,
  firstName,
  lastName,
  email,
  role,
  timezone,
  language,
  status,
  createdAt,
  updatedAt,
}: StoredUser): User {
  return {
    ...{ id, firstName, lastName, email, role, timezone, language, status },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

import * as z from 'zod'
import {
  createPreference,
  deletePreference,
  findPreference,
  listPreferences,
  type PreferenceFields,
  type StoredPreference,
  updatePreference,
} from '../directory/users/preferences.ts'
import { findUser } from '../directory/users/users.ts'
import type { Env } from '../env.ts'
import { present as presentContact } from './contacts.ts'
import { body, json, noContent, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import { type Preference, type PreferenceInput, preference, preferenceInput, preferenceParams } from './schemas/user.ts'
import { checkMinutes } from './whole-minutes.ts'

const tags = ['Notification preferences']
const path = '/users/{id}/notification-preferences/alerts'
const one = '/users/{id}/notification-preferences/alerts/{preferenceId}'

export const preferences = router()

preferences.openapi(
  route('signed-in', {
    ...{ method: 'get', path, tags, summary: 'List how a user wants to be told' },
    request: { params: idParam },
    responses: { 200: json(z.array(preference), 'All steps, in their order') },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    return c.json((await listPreferences(c.env, id)).map(present), 200)
  },
)

preferences.openapi(
  route('self', {
    ...{ method: 'post', path, tags, summary: 'Add a step' },
    request: { params: idParam, body: body(preferenceInput) },
    responses: { 201: json(preference, 'The step') },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    return c.json(present(await createPreference(c.env, id, fieldsOf(c.env, c.req.valid('json')))), 201)
  },
)

preferences.openapi(
  route('signed-in', {
    ...{ method: 'get', path: one, tags, summary: 'Get a step' },
    request: { params: preferenceParams },
    responses: { 200: json(preference, 'The step') },
  }),
  async (c) => {
    const { id, preferenceId } = c.req.valid('param')
    return c.json(present(await findPreference(c.env, id, preferenceId)), 200)
  },
)

preferences.openapi(
  route('self', {
    ...{ method: 'put', path: one, tags, summary: 'Replace a step' },
    request: { params: preferenceParams, body: body(preferenceInput) },
    responses: { 200: json(preference, 'The step afterwards') },
  }),
  async (c) => {
    const { id, preferenceId } = c.req.valid('param')
    return c.json(present(await updatePreference(c.env, id, preferenceId, fieldsOf(c.env, c.req.valid('json')))), 200)
  },
)

preferences.openapi(
  route('self', {
    ...{ method: 'delete', path: one, tags, summary: 'Delete a step' },
    request: { params: preferenceParams },
    responses: noContent,
  }),
  async (c) => {
    const { id, preferenceId } = c.req.valid('param')
    await deletePreference(c.env, id, preferenceId)
    return c.body(null, 204)
  },
)

function fieldsOf(env: Env, { method, contact, delayMin, type }: PreferenceInput): PreferenceFields {
  checkMinutes(env, delayMin, 'delayMin')
  return { method, contactId: contact?.id ?? null, delayMin, type }
}

function present({ id, method, contact, delayMin, type }: StoredPreference): Preference {
  return { id, method, contact: contact && presentContact(contact), delayMin, type }
}

import * as z from 'zod'
import {
  createOnCallPreference,
  deleteOnCallPreference,
  listOnCallPreferences,
  type OnCallPreferenceFields,
  type StoredOnCallPreference,
  updateOnCallPreference,
} from '../directory/users/on-call-preferences.ts'
import { findUser } from '../directory/users/users.ts'
import { present as presentContact } from './contacts.ts'
import { body, json, noContent, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import {
  type OnCallPreference,
  type OnCallPreferenceInput,
  onCallPreference,
  onCallPreferenceInput,
  onCallPreferenceParams,
} from './schemas/on-call-preference.ts'

const tags = ['On-call preferences']
const path = '/users/{id}/on-call-preferences'
const one = '/users/{id}/on-call-preferences/{preferenceId}'

export const onCallPreferences = router()

onCallPreferences.openapi(
  route('signed-in', {
    ...{ method: 'get', path, tags, summary: 'List how a user is reminded of their shifts' },
    request: { params: idParam },
    responses: {
      200: json(z.array(onCallPreference), 'All reminders; with none there are no hand-off notices either'),
    },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    return c.json((await listOnCallPreferences(c.env, id)).map(present), 200)
  },
)

onCallPreferences.openapi(
  route('self', {
    ...{ method: 'post', path, tags, summary: 'Add a reminder' },
    request: { params: idParam, body: body(onCallPreferenceInput) },
    responses: { 201: json(onCallPreference, 'The reminder') },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    return c.json(present(await createOnCallPreference(c.env, id, fieldsOf(c.req.valid('json')))), 201)
  },
)

onCallPreferences.openapi(
  route('self', {
    ...{ method: 'put', path: one, tags, summary: 'Replace a reminder' },
    request: { params: onCallPreferenceParams, body: body(onCallPreferenceInput) },
    responses: { 200: json(onCallPreference, 'The reminder afterwards') },
  }),
  async (c) => {
    const { id, preferenceId } = c.req.valid('param')
    return c.json(present(await updateOnCallPreference(c.env, id, preferenceId, fieldsOf(c.req.valid('json')))), 200)
  },
)

onCallPreferences.openapi(
  route('self', {
    ...{ method: 'delete', path: one, tags, summary: 'Delete a reminder' },
    request: { params: onCallPreferenceParams },
    responses: noContent,
  }),
  async (c) => {
    const { id, preferenceId } = c.req.valid('param')
    await deleteOnCallPreference(c.env, id, preferenceId)
    return c.body(null, 204)
  },
)

function fieldsOf({ method, contact, beforeMin }: OnCallPreferenceInput): OnCallPreferenceFields {
  return { method, contactId: contact?.id ?? null, beforeMin }
}

function present({ id, method, contact, beforeMin }: StoredOnCallPreference): OnCallPreference {
  return { id, method, contact: contact && presentContact(contact), beforeMin }
}

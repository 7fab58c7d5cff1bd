import * as z from 'zod'
import {
  type StoredUpdatePreference,
  updatePreferences as store,
  type UpdatePreferenceFields,
} from '../directory/users/update-preferences.ts'
import { findUser } from '../directory/users/users.ts'
import { present as presentContact } from './contacts.ts'
import { body, json, noContent, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import {
  type UpdatePreference,
  type UpdatePreferenceInput,
  updatePreference,
  updatePreferenceInput,
  updatePreferenceParams,
} from './schemas/update-preference.ts'

const tags = ['Notification preferences']
const path = '/users/{id}/notification-preferences/updates'
const one = '/users/{id}/notification-preferences/updates/{preferenceId}'

export const updatePreferences = router()

updatePreferences.openapi(
  route('signed-in', {
    ...{ method: 'get', path, tags, summary: 'List which changes by others a user hears of' },
    request: { params: idParam },
    responses: { 200: json(z.array(updatePreference), 'All of them; none: they hear of no change') },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    return c.json((await store.list(c.env, id)).map(present), 200)
  },
)

updatePreferences.openapi(
  route('self', {
    ...{ method: 'post', path, tags, summary: 'Add a change to hear of' },
    request: { params: idParam, body: body(updatePreferenceInput) },
    responses: { 201: json(updatePreference, 'The preference') },
  }),
  async (c) => {
    const { id } = await findUser(c.env, c.req.valid('param').id)
    return c.json(present(await store.create(c.env, id, fieldsOf(c.req.valid('json')))), 201)
  },
)

updatePreferences.openapi(
  route('self', {
    ...{ method: 'put', path: one, tags, summary: 'Replace a change to hear of' },
    request: { params: updatePreferenceParams, body: body(updatePreferenceInput) },
    responses: { 200: json(updatePreference, 'The preference afterwards') },
  }),
  async (c) => {
    const { id, preferenceId } = c.req.valid('param')
    return c.json(present(await store.update(c.env, id, preferenceId, fieldsOf(c.req.valid('json')))), 200)
  },
)

updatePreferences.openapi(
  route('self', {
    ...{ method: 'delete', path: one, tags, summary: 'Delete a change to hear of' },
    request: { params: updatePreferenceParams },
    responses: noContent,
  }),
  async (c) => {
    const { id, preferenceId } = c.req.valid('param')
    await store.remove(c.env, id, preferenceId)
    return c.body(null, 204)
  },
)

function fieldsOf({ method, contact, type }: UpdatePreferenceInput): UpdatePreferenceFields {
  return { method, contactId: contact?.id ?? null, type: type.replace('ALERT_', '') as UpdatePreferenceFields['type'] }
}

function present({ id, method, contact, type }: StoredUpdatePreference): UpdatePreference {
  return { id, method, contact: contact && presentContact(contact), type: `ALERT_${type}` }
}

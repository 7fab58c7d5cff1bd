import * as z from 'zod'
import {
  type ContactKind,
  createContact,
  deleteContact,
  findContact,
  listContacts,
  type StoredContact,
  updateContact,
} from '../directory/users/contacts.ts'
import { findUser } from '../directory/users/users.ts'
import type { ContactFault } from '../notifications/contact-fault.ts'
import { refuseOtherCountries } from './check-country.ts'
import { body, json, noContent, route, router } from './route.ts'
import { idParam } from './schemas/common.ts'
import { type Contact, contact, contactParams, emailContactInput, phoneContactInput } from './schemas/user.ts'

const tags = ['Contacts']

export const contacts = router()

contactRoutes('EMAIL', 'emails', emailContactInput)
contactRoutes('PHONE', 'phone-numbers', phoneContactInput)

function contactRoutes(
  kind: ContactKind,
  collection: string,
  input: typeof emailContactInput | typeof phoneContactInput,
) {
  const path = `/users/{id}/contacts/${collection}` as const
  const one = `${path}/{contactId}` as const
  const what = kind === 'EMAIL' ? 'e-mail contact' : 'phone number'

  contacts.openapi(
    route('signed-in', {
      ...{ method: 'get', path, tags, summary: `List a user's ${what}s` },
      request: { params: idParam },
      responses: { 200: json(z.array(contact), 'All of them') },
    }),
    async (c) => {
      const { id } = await findUser(c.env, c.req.valid('param').id)
      return c.json((await listContacts(c.env, id, kind)).map(present), 200)
    },
  )

  contacts.openapi(
    route('self', {
      ...{ method: 'post', path, tags, summary: `Add a ${what}` },
      request: { params: idParam, body: body(input) },
      responses: { 201: json(contact, 'The contact') },
    }),
    async (c) => {
      const { id } = await findUser(c.env, c.req.valid('param').id)
      await refuseOtherCountries(c.env, c.req.valid('json').target)
      return c.json(present(await createContact(c.env, id, kind, c.req.valid('json').target)), 201)
    },
  )

  contacts.openapi(
    route('signed-in', {
      ...{ method: 'get', path: one, tags, summary: `Get a ${what}` },
      request: { params: contactParams },
      responses: { 200: json(contact, 'The contact') },
    }),
    async (c) => {
      const { id, contactId } = c.req.valid('param')
      return c.json(present(await findContact(c.env, id, kind, contactId)), 200)
    },
  )

  contacts.openapi(
    route('self', {
      ...{ method: 'put', path: one, tags, summary: `Change a ${what}` },
      request: { params: contactParams, body: body(input) },
      responses: { 200: json(contact, 'The contact afterwards') },
    }),
    async (c) => {
      const { id, contactId } = c.req.valid('param')
      await refuseOtherCountries(c.env, c.req.valid('json').target)
      return c.json(present(await updateContact(c.env, id, kind, contactId, c.req.valid('json').target)), 200)
    },
  )

  contacts.openapi(
    route('self', {
      ...{ method: 'delete', path: one, tags, summary: `Delete a ${what}, and the preferences that use it` },
      request: { params: contactParams },
      responses: noContent,
    }),
    async (c) => {
      const { id, contactId } = c.req.valid('param')
      await deleteContact(c.env, id, kind, contactId)
      return c.body(null, 204)
    },
  )
}

export function present({ id, target, status, faults, smsStopped }: StoredContact): Contact {
  const broken = Object.entries(faults) as [Contact['faults'][number]['method'], ContactFault][]
  return {
    ...{ id, target, smsStopped },
    status: status === 'OK' && broken.length > 0 ? 'BLACKLISTED' : status,
    faults: broken.map(([method, { reason, at }]) => ({ method, reason, at: new Date(at).toISOString() })),
  }
}

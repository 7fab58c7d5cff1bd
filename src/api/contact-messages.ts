import * as z from 'zod'
import { enterCode } from '../directory/users/contact-codes.ts'
import { brokenContacts } from '../directory/users/contact-faults.ts'
import { messageStatus, sendCode, sendTest } from '../directory/users/contact-messages.ts'
import type { ContactKind } from '../directory/users/contacts.ts'
import { present } from './contacts.ts'
import { body, json, route, router } from './route.ts'
import {
  brokenContact,
  codeSent,
  contactCode,
  contactMessage,
  contactMessageParams,
  contactMethodChoice,
  testSent,
} from './schemas/contact-message.ts'
import { contact, contactParams } from './schemas/user.ts'

const tags = ['Contacts']

/** Whether a contact is its user's, and whether messages arrive there. */
export const contactMessages = router()

contactMessages.openapi(
  route('administrator', {
    ...{
      method: 'get',
      path: '/broken-contacts',
      tags,
      summary: 'Contacts of which carriers say that nothing arrives',
    },
    responses: { 200: json(z.array(brokenContact), 'Those of whom it is known, at most 100') },
  }),
  async (c) => c.json(await brokenContacts(c.env), 200),
)

routesOf('EMAIL', 'emails')
routesOf('PHONE', 'phone-numbers')

function routesOf(kind: ContactKind, collection: string) {
  const verification = `/users/{id}/contacts/${collection}/{contactId}/verification` as const
  const test = `/users/{id}/contacts/${collection}/{contactId}/test` as const

  contactMessages.openapi(
    route('self', {
      ...{ method: 'post', path: verification, tags, summary: 'Send a new code to the contact' },
      request: { params: contactParams, body: body(contactMethodChoice) },
      responses: { 201: json(codeSent, 'It is on its way; an earlier one is no longer valid') },
    }),
    async (c) => {
      const { id: userId, contactId } = c.req.valid('param')
      const sent = await sendCode(c.env, userId, kind, contactId, c.req.valid('json').method)
      return c.json({ ...sent, expiresAt: sent.expiresAt.toISOString() }, 201)
    },
  )

  contactMessages.openapi(
    route('self', {
      ...{ method: 'put', path: verification, tags, summary: 'Verify the contact with the code that came there' },
      request: { params: contactParams, body: body(contactCode) },
      responses: { 200: json(contact, 'The contact, verified') },
    }),
    async (c) => {
      const { id: userId, contactId } = c.req.valid('param')
      return c.json(present(await enterCode(c.env, userId, kind, contactId, c.req.valid('json').code)), 200)
    },
  )

  contactMessages.openapi(
    route('self', {
      ...{ method: 'post', path: test, tags, summary: 'Send a test message to the contact' },
      request: { params: contactParams, body: body(contactMethodChoice) },
      responses: { 201: json(testSent, 'It is on its way') },
    }),
    async (c) => {
      const { id: userId, contactId } = c.req.valid('param')
      return c.json(await sendTest(c.env, userId, kind, contactId, c.req.valid('json').method), 201)
    },
  )

  for (const [path, summary] of [
    [`${verification}/{messageId}` as const, 'How the message with the code is doing'],
    [`${test}/{messageId}` as const, 'How the test message is doing'],
  ] as const) {
    contactMessages.openapi(
      route('self', {
        ...{ method: 'get', path, tags, summary },
        request: { params: contactMessageParams },
        responses: { 200: json(contactMessage, 'As far as is known') },
      }),
      async (c) => {
        const { id: userId, contactId, messageId } = c.req.valid('param')
        return c.json(await messageStatus(c.env, userId, kind, contactId, messageId), 200)
      },
    )
  }
}

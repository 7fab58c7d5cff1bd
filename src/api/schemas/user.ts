import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { id, idParam, instant, priority, role } from './common.ts'

const personName = z.string().trim().min(1, 'must not be empty').max(60)
export const emailAddress = z.string().trim().toLowerCase().pipe(z.email('must be an e-mail address').max(254))
export const timezone = z.string().refine(
  (zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone })
      return true
    } catch {
      return false
    }
  },
  { message: 'must be an IANA time zone such as Europe/Berlin' },
)
/** E.164: a plus, the country code, at most 15 digits. Spaces and dashes are taken off. */
export const phoneNumber = z
  .string()
  .transform((text) => text.replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be an international number such as +49 151 23456789'))

export const userInput = z
  .object({
    firstName: personName,
    lastName: personName,
    email: emailAddress,
    role: role.default('USER'),
    timezone: timezone.default('UTC'),
    language: z.enum(['en', 'de']).default('en'),
  })
  .meta({ id: 'UserInput' })
export type UserInput = z.infer<typeof userInput>

/** Replaces a user's own fields; what is left out of the last three stays as it is. */
export const userUpdate = userInput
  .extend({ role: role.optional(), timezone: timezone.optional(), language: z.enum(['en', 'de']).optional() })
  .meta({ id: 'UserUpdate' })

export const user = z
  .object({
    ...userInput.shape,
    id,
    status: z.enum(['INVITED', 'ACTIVE']),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof user>

/** An invited person opens the link, chooses a password and is in. */
export const invitation = z.object({ url: z.string(), expiresAt: instant }).meta({ id: 'Invitation' })
export const userCreated = user.extend({ invitation: invitation.nullable() }).meta({ id: 'UserCreated' })
export type UserCreated = z.infer<typeof userCreated>

export const contactMethod = z.enum(['EMAIL', 'SMS', 'VOICE', 'PUSH', 'TELEGRAM']).meta({ id: 'NotificationMethod' })

export const contact = z
  .object({
    id,
    target: z.string(),
    status: z.enum(['OK', 'LOCKED', 'BLACKLISTED']).meta({
      description:
        'LOCKED: not verified yet, nothing but its code is sent there. BLACKLISTED: a carrier says that nothing arrives there; it is still tried',
    }),
    faults: z
      .array(z.object({ method: contactMethod, reason: z.string(), at: instant }))
      .meta({ description: 'Why nothing arrives there, by the method that found out' }),
    smsStopped: z.boolean().meta({ description: 'Its owner replied STOP: no texts go there until START' }),
  })
  .meta({ id: 'Contact' })
export type Contact = z.infer<typeof contact>
export const emailContactInput = z.object({ target: emailAddress }).meta({ id: 'EmailContactInput' })
export const phoneContactInput = z.object({ target: phoneNumber }).meta({ id: 'PhoneContactInput' })

/** One step of a user's notification preferences: the channel, the contact, and how long after the page. */
export const preferenceInput = z
  .object({
    method: contactMethod,
    contact: z
      .object({ id })
      .nullish()
      .meta({ description: 'An e-mail contact for EMAIL, a phone number for SMS and VOICE; none for PUSH' }),
    delayMin: z.number().min(0).max(LIMITS.preferenceDelayMinutes).default(0),
    type: z.enum(['HIGH_PRIORITY', 'LOW_PRIORITY']).default('HIGH_PRIORITY'),
  })
  .meta({ id: 'NotificationPreferenceInput' })
export type PreferenceInput = z.infer<typeof preferenceInput>
export const preference = z
  .object({ ...preferenceInput.shape, id, contact: contact.nullable() })
  .meta({ id: 'NotificationPreference' })
export type Preference = z.infer<typeof preference>

export const currentUser = user
  .extend({
    sandbox: z.boolean().meta({ description: 'The simulated phone takes the place of all carriers' }),
    demo: z.boolean().meta({ description: 'Minutes of policies and preferences may be fractions' }),
    organisation: z.string().nullable(),
  })
  .meta({ id: 'CurrentUser' })
export type CurrentUser = z.infer<typeof currentUser>

export const contactParams = idParam.extend({ contactId: idParam.shape.id })
export const preferenceParams = idParam.extend({ preferenceId: idParam.shape.id })

export const apiKeyInput = z.object({ name: z.string().trim().min(1).max(60) }).meta({ id: 'ApiKeyInput' })
export const apiKey = z
  .object({ id, name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof apiKey>
export const apiKeyCreated = apiKey
  .extend({ key: z.string().meta({ description: 'Shown once; only its hash is kept' }) })
  .meta({ id: 'ApiKeyCreated' })

export { priority }

import * as z from 'zod'
import { id, idParam, instant } from './common.ts'

/** Text in base64url of exactly so many bytes, with or without its padding. */
const bytes = (count: number) =>
  z
    .string()
    .max(200)
    .transform((text) => text.replace(/=+$/, ''))
    .pipe(
      z
        .string()
        .regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((count * 4) / 3)}}$`), `must be ${count} bytes in base64url`),
    )

const deviceName = z.string().trim().min(1, 'must not be empty').max(60)
const address = z.string().trim().min(1, 'must not be empty').max(1000)

export const pushPublicKey = z
  .object({ publicKey: z.string().meta({ description: 'The applicationServerKey to subscribe with, in base64url' }) })
  .meta({ id: 'PushPublicKey' })

export const deviceInput = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('WEB_PUSH'),
      name: deviceName,
      subscription: z
        .object({ endpoint: address, keys: z.object({ p256dh: bytes(65), auth: bytes(16) }) })
        .meta({ description: 'As the browser gives it: PushSubscription.toJSON()' }),
    }),
    z.object({
      kind: z.literal('NTFY'),
      name: deviceName,
      url: address.meta({ description: 'The topic, such as https://ntfy.sh/my-topic' }),
      token: z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]{1,200}$/, 'must be an access token')
        .optional()
        .meta({ description: 'An access token, where the topic needs one' }),
    }),
    z.object({
      kind: z.literal('PUSHOVER'),
      name: deviceName,
      userKey: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9]{30}$/, 'must be a user key of 30 letters and digits, from pushover.net'),
    }),
  ])
  .meta({ id: 'DeviceInput' })
export type DeviceInput = z.infer<typeof deviceInput>

export const device = z
  .object({
    id,
    kind: z.enum(['WEB_PUSH', 'NTFY', 'PUSHOVER']),
    name: z.string(),
    target: z.string().meta({ description: 'Shortened: enough to recognise it' }),
    fault: z.string().nullable().meta({ description: 'Why the last push did not reach it; null: it did' }),
    createdAt: instant,
  })
  .meta({ id: 'Device' })
export type Device = z.infer<typeof device>

export const deviceParams = idParam.extend({ deviceId: idParam.shape.id })

export const deviceTestResult = z
  .object({ sent: z.boolean(), message: z.string().meta({ description: 'What came of it' }) })
  .meta({ id: 'DeviceTestResult' })

import * as z from 'zod'

const name = z.string().trim().min(1, 'must not be empty').max(60)

/** What the forms ask for; the API looks closer, and its errors sit at the same fields. */
export const ntfyInput = z.object({
  kind: z.literal('NTFY'),
  name,
  url: z.url({ protocol: /^https?$/, message: 'must be the topic’s address, such as https://ntfy.sh/a-secret-topic' }),
  token: z
    .string()
    .trim()
    .max(200)
    .transform((token) => token || undefined),
})

export const pushoverInput = z.object({
  kind: z.literal('PUSHOVER'),
  name,
  userKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{30}$/, 'must be the 30 letters and digits that pushover.net shows as “Your User Key”'),
})

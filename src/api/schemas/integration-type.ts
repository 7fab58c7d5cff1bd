import * as z from 'zod'

/** The gallery of alert sources, and how each is set up. */
export const integrationTypeInfo = z
  .object({
    type: z.string(),
    name: z.string(),
    category: z.enum(['own', 'metrics', 'uptime', 'logs', 'errors', 'cloud', 'infrastructure', 'development', 'other']),
    about: z.string(),
    keywords: z.array(z.string()),
    resolves: z.boolean().meta({ description: 'Whether the tool says when a problem is over' }),
    signature: z
      .object({ secretName: z.string() })
      .nullable()
      .meta({ description: 'Set where the tool can sign its requests' }),
  })
  .meta({ id: 'IntegrationTypeInfo' })
export type IntegrationTypeInfo = z.infer<typeof integrationTypeInfo>

export const setupStep = z.object({
  text: z.string().meta({ description: 'A sentence or two of Markdown' }),
  snippet: z.object({ language: z.string(), code: z.string(), caption: z.string().optional() }).optional(),
})

/** The steps to connect one source, with its real address and key. */
export const sourceSetup = z
  .object({
    address: z.string().nullable().meta({ description: 'Null: a setting is missing, and the steps say which' }),
    steps: z.array(setupStep),
  })
  .meta({ id: 'SourceSetup' })
export type SourceSetup = z.infer<typeof sourceSetup>

export const testEventRequest = z
  .object({ eventType: z.enum(['ALERT', 'RESOLVE']).default('ALERT') })
  .meta({ id: 'TestEventRequest' })

export const testEventResult = z
  .object({
    outcome: z.string().meta({ description: 'Such as opened, appended, resolved or dropped' }),
    reason: z.string().nullable(),
    incident: z.object({ id: z.int(), reference: z.string() }).nullable(),
  })
  .meta({ id: 'TestEventResult' })
export type TestEventResult = z.infer<typeof testEventResult>

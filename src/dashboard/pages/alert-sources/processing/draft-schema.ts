import * as z from 'zod'
import { eventRule, eventTemplates } from '../../../../api/schemas/event-processing.ts'
import { LIMITS } from '../../../../limits.ts'
import { type Draft, inputOfDraft } from './draft.ts'

const processingInput = z.object({
  templates: eventTemplates.nullable(),
  rules: z.array(eventRule).max(LIMITS.rulesPerSource),
})

/** The draft, checked as the API checks what comes of it: the fields have the same names. */
export const draftSchema = z.preprocess<unknown, typeof processingInput, Draft & Record<string, unknown>>(
  (draft) => inputOfDraft(draft as Draft),
  processingInput,
)

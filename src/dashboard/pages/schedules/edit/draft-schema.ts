import * as z from 'zod'
import { scheduleInput } from '../../../../api/schemas/schedule.ts'
import type { Draft } from './draft.ts'
import { sentDraft } from './sent-draft.ts'
import type { StoredLayer } from './turn-now.ts'

/** The API's own schema, over what it gets of a draft. */
export function draftSchema(stored: StoredLayer[]) {
  return z
    .custom<Draft>()
    .transform((draft) => sentDraft(draft, stored, Date.now()))
    .pipe(scheduleInput)
}

import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { ScheduleInput, SchedulePreview } from '../../../../api/schemas/schedule.ts'
import { previewQuery } from '../../../data/schedule-edits.ts'
import { serverNow } from '../../../parts/clock.ts'
import { parseFields } from '../../../parts/form.ts'
import type { Draft } from './draft.ts'
import { previewSpan } from './preview-lanes.ts'
import { sentDraft } from './sent-draft.ts'
import type { StoredLayer } from './turn-now.ts'

export interface Preview {
  /** Of what was in the form a moment ago; while something is wrong, none. */
  data: SchedulePreview | undefined
  error: Error | null
  /** False: a new schedule has nothing to show yet. */
  asked: boolean
  /** It is of what is in the form right now. */
  current: boolean
}

/** The schedule that is changed, as it was read. */
export interface Base {
  id: number
  version: number
  scheduleLayers?: StoredLayer[] | undefined
}

/** Fast enough to feel at once, too slow for every letter. */
const TYPING_MS = 400

/**
 * @param base null: a new schedule
 * @param touched false: the draft is as it was read, so it need not be checked, nor the code for that be loaded yet
 */
export function usePreview(draft: Draft, base: Base | null, touched: boolean, weeks: number): Preview {
  const [settled] = useDebouncedValue(draft, TYPING_MS)
  // It can be looked at before it has a name.
  const named = { ...settled, name: settled.name.trim() || 'New schedule' }
  const stored = base?.scheduleLayers ?? []
  const asked = touched || base !== null || settled.shifts.length > 0
  const { data, error, isSuccess, isPlaceholderData } = useQuery({
    ...previewQuery({ draft: named, scheduleId: base?.id, version: base?.version, weeks }, async () => ({
      input: touched
        ? await parseFields(async () => (await import('./draft-schema.ts')).draftSchema(stored), named)
        : (sentDraft(named, stored, serverNow()) as ScheduleInput),
      span: previewSpan(serverNow(), weeks, named.timezone),
    })),
    enabled: asked,
  })
  return { data, error, asked, current: settled === draft && isSuccess && !isPlaceholderData }
}

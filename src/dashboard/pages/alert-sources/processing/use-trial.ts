import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { TriedProcessing } from '../../../../api/schemas/event-processing.ts'
import { type Trial, trialQuery } from '../../../data/event-processing.ts'
import { type Draft, triableInput } from './draft.ts'

/** Fast enough to feel at once, too slow for every letter. */
const TYPING_MS = 400

/** What the draft makes of a request, a moment after either was changed. */
export function useTrial(
  sourceId: number,
  draft: Draft,
  request: Trial['request'],
): { data: TriedProcessing | undefined; error: Error | null; current: boolean } {
  const [settledDraft] = useDebouncedValue(draft, TYPING_MS)
  const [settledRequest] = useDebouncedValue(request, TYPING_MS)
  const trial = { request: settledRequest, ...triableInput(settledDraft) }
  const { data, error, isSuccess, isPlaceholderData } = useQuery({
    ...trialQuery(sourceId, trial),
    enabled: settledRequest.body.trim() !== '' || Object.keys(settledRequest.query ?? {}).length > 0,
  })
  const current = settledDraft === draft && settledRequest === request && isSuccess && !isPlaceholderData
  return { data, error, current }
}

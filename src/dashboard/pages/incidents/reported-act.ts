import type { IncidentSummary } from '../../../api/schemas/incident.ts'
import { type BulkResult, useBulkAct } from '../../data/incidents.ts'
import { announce, announceUnder } from '../../parts/announce.tsx'

export type BulkAct = 'accept' | 'resolve' | 'escalate'

const DONE: Record<BulkAct, string> = { accept: 'Accepted', resolve: 'Resolved', escalate: 'Escalated' }

/** Does it and says what came of it: how many, and for each refused one why. `onDone` gets the ids of the others. */
export function useReportedAct(onDone: (ids: number[]) => void) {
  const { mutate, isPending, variables } = useBulkAct()
  return {
    acting: isPending ? variables.act : null,
    act: (act: BulkAct, incidents: IncidentSummary[]) =>
      mutate(
        { act, ids: incidents.map(({ id }) => id) },
        {
          onSuccess: ({ results }) => {
            onDone(results.filter(({ success }) => success).map(({ id }) => id))
            report(act, incidents, results)
          },
          onError: (error) => announce(error.message),
        },
      ),
  }
}

function report(act: BulkAct, incidents: IncidentSummary[], results: BulkResult['results']) {
  const references = new Map(incidents.map(({ id, reference }) => [id, reference]))
  const done = results.filter(({ success }) => success)
  const refused = results.filter(({ success }) => !success)
  const title =
    done.length === 1
      ? `${DONE[act]}: ${references.get(done[0]?.id ?? 0)}`
      : `${DONE[act]}: ${done.length} of ${results.length}`
  if (refused.length === 0) return announce(title)
  announceUnder(
    done.length > 0 ? title : 'Refused',
    refused.map(({ id, message }) => {
      const reference = references.get(id) ?? ''
      return message.includes(reference) ? message : `${reference}: ${message}`
    }),
  )
}

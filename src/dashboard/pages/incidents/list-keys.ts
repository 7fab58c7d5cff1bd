import { useRef, useState } from 'react'
import type { IncidentSummary } from '../../../api/schemas/incident.ts'
import { useKeys } from '../../parts/keys.ts'
import type { BulkAct } from './reported-act.ts'

interface ListKeys {
  shown: IncidentSummary[]
  chosen: IncidentSummary[]
  toggle: (id: number) => void
  open: (incident: IncidentSummary) => void
  act: (act: BulkAct, incidents: IncidentSummary[]) => void
  help: () => void
}

/**
 * j and k move the keyboard focus itself through the rows, so that screen readers follow and Tab goes on from there. The
 * acts take the selected rows, or the current one when none is selected. The current row is remembered by incident: it stays
 * the same one when the list changes under the hand.
 */
export function useListKeys({ shown, chosen, toggle, open, act, help }: ListKeys) {
  const [currentId, setCurrentId] = useState<number | null>(null)
  const links = useRef(new Map<number, HTMLAnchorElement>())
  const index = shown.findIndex(({ id }) => id === currentId)
  const current = shown[index]

  const moveTo = (next: IncidentSummary | undefined) => {
    if (!next) return
    setCurrentId(next.id)
    const link = links.current.get(next.id)
    link?.focus({ preventScroll: true })
    link?.scrollIntoView({ block: 'nearest' })
  }
  const actOnThem = (which: BulkAct) => {
    const them = chosen.length > 0 ? chosen : current ? [current] : []
    if (them.length > 0) act(which, them)
  }

  useKeys({
    j: () => moveTo(shown[index + 1]),
    k: () => moveTo(index > 0 ? shown[index - 1] : shown[0]),
    x: () => current && toggle(current.id),
    a: () => actOnThem('accept'),
    r: () => actOnThem('resolve'),
    e: () => actOnThem('escalate'),
    Enter: () => current && open(current),
    '?': help,
  })

  return {
    rowProps: ({ id }: IncidentSummary) => ({
      current: id === currentId,
      onFocus: () => setCurrentId(id),
      linkRef: (link: HTMLAnchorElement | null) => {
        if (link) links.current.set(id, link)
        else links.current.delete(id)
      },
    }),
  }
}

import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Instant, Interval } from '../../../../on-call/model.ts'
import { serverNow } from '../../../parts/clock.ts'
import type { Axis, DrawnView } from './axis.ts'
import { instantAt } from './position.ts'
import { SNAP_MINUTES, selectionOf } from './selection.ts'

interface DragSelection {
  root: RefObject<HTMLElement | null>
  view: DrawnView
  axis: Axis
  onSelect?: (interval: Interval) => void
}

interface Drag {
  lane: string
  anchor: Instant
  x: number
  y: number
  moved: boolean
}

/** Less is a click by a hand that is not quite still. */
const MOVED_PIXELS = 4

/**
 * Dragging over a track with `data-draggable`, also from one band into another. For mouse and pen alone: a finger that moves
 * scrolls the page.
 */
export function useDragSelection({ root, view, axis, onSelect }: DragSelection) {
  const [shown, setShown] = useState<{ interval: Interval; lane: string } | null>(null)
  const drag = useRef<Drag | null>(null)
  const justDragged = useRef(false)
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])

  const instantUnder = ({ clientX, clientY }: { clientX: number; clientY: number }): Instant => {
    const bands = [...(root.current?.querySelectorAll<HTMLElement>('[data-band]') ?? [])]
    const below = bands.findIndex((each) => clientY < each.getBoundingClientRect().bottom)
    const index = below < 0 ? bands.length - 1 : below
    const track = bands[index]?.querySelector('[data-track]')?.getBoundingClientRect()
    const band = axis.bands[index]
    if (!track || !band) return 0
    return instantAt((clientX - track.left) / track.width, band, axis.scale)
  }

  const begin = ({ lane, ...event }: { lane: string; clientX: number; clientY: number }) => {
    drag.current = { lane, anchor: instantUnder(event), x: event.clientX, y: event.clientY, moved: false }
    const listeners = new AbortController()
    const on = { signal: listeners.signal }
    stop.current = () => {
      listeners.abort()
      drag.current = null
      setShown(null)
    }
    window.addEventListener('pointermove', move, on)
    window.addEventListener('pointerup', drop, on)
    window.addEventListener('pointercancel', () => stop.current?.(), on)
    window.addEventListener('blur', () => stop.current?.(), on)
    window.addEventListener('keydown', cancel, { ...on, capture: true })
  }

  const selected = (event: globalThis.PointerEvent): Interval | null =>
    drag.current &&
    selectionOf([drag.current.anchor, instantUnder(event)], SNAP_MINUTES[view], axis.zone, nextMinute(serverNow()))

  const move = (event: globalThis.PointerEvent) => {
    const { current } = drag
    if (!current) return
    current.moved ||= Math.hypot(event.clientX - current.x, event.clientY - current.y) >= MOVED_PIXELS
    if (!current.moved) return
    const interval = selected(event)
    setShown(interval && { interval, lane: current.lane })
  }

  const drop = (event: globalThis.PointerEvent) => {
    const selection = drag.current?.moved ? selected(event) : null
    justDragged.current = drag.current?.moved ?? false
    stop.current?.()
    // The click that ends a drag comes right after; one by keyboard later is meant.
    setTimeout(() => {
      justDragged.current = false
    })
    if (selection) onSelect?.(selection)
  }

  const cancel = (event: globalThis.KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    justDragged.current = true
    stop.current?.()
  }

  return {
    selection: shown,
    dragProps: {
      onPointerDown: ({ pointerType, button, target, clientX, clientY }: PointerEvent<HTMLElement>) => {
        justDragged.current = false
        const track = (target as Element).closest<HTMLElement>('[data-draggable]')
        if (pointerType === 'touch' || button !== 0 || !track) return
        begin({ lane: track.dataset.track ?? '', clientX, clientY })
      },
      onClickCapture: (event: MouseEvent) => {
        if (!justDragged.current) return
        justDragged.current = false
        event.preventDefault()
        event.stopPropagation()
      },
    },
  }
}

/** A minute that is over would be refused. */
const nextMinute = (instant: Instant) => Math.ceil(instant / 60_000) * 60_000

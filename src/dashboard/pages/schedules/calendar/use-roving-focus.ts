import { type FocusEvent, type KeyboardEvent, type RefObject, useState } from 'react'
import type { Instant } from '../../../../on-call/model.ts'

/**
 * One stop of the Tab key per lane; inside it the arrows go from block to block, across the bands, and up and down to the
 * lane beside. A piece of a block is named by `data-piece`, its lane by `data-lane`.
 */
export function useRovingFocus(root: RefObject<HTMLElement | null>) {
  const [current, setCurrent] = useState<Record<string, string>>({})

  const piecesOf = (lane: string | undefined) =>
    [...(root.current?.querySelectorAll<HTMLElement>('[data-piece]') ?? [])].filter(
      (piece) => piece.dataset.lane === lane,
    )

  return {
    /** The piece that the Tab key goes to: the one that had the focus last, or else what is or comes next. */
    stopOf: (lane: string, pieces: { name: string; end: Instant }[], now: Instant): string | undefined => {
      const remembered = pieces.find(({ name }) => name === current[lane])
      return (remembered ?? pieces.find(({ end }) => end > now) ?? pieces[0])?.name
    },
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      const { lane, piece } = target.dataset
      if (lane && piece && current[lane] !== piece) setCurrent({ ...current, [lane]: piece })
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const piece = event.target as HTMLElement
      if (!piece.dataset.piece || event.ctrlKey || event.metaKey || event.altKey) return
      const inLane = piecesOf(piece.dataset.lane)
      const index = inLane.indexOf(piece)
      const next = {
        ArrowRight: () => inLane[index + 1],
        ArrowLeft: () => inLane[index - 1],
        Home: () => inLane[0],
        End: () => inLane.at(-1),
        ArrowDown: () => beside(piece, piecesOf, 1),
        ArrowUp: () => beside(piece, piecesOf, -1),
      }[event.key]
      if (!next) return
      event.preventDefault()
      const target = next()
      target?.focus({ preventScroll: true })
      target?.scrollIntoView({ block: 'nearest' })
    },
  }
}

/** Of the next lane that has any, the piece that lies nearest. */
function beside(
  piece: HTMLElement,
  piecesOf: (lane: string | undefined) => HTMLElement[],
  direction: 1 | -1,
): HTMLElement | undefined {
  const band = piece.closest('[data-band]')
  const lanes = [...(band?.querySelectorAll<HTMLElement>('[data-track]') ?? [])].map(({ dataset }) => dataset.track)
  const left = piece.getBoundingClientRect().left
  for (let index = lanes.indexOf(piece.dataset.lane) + direction; lanes[index]; index += direction) {
    const here = piecesOf(lanes[index]).filter((each) => band?.contains(each))
    const distance = (each: HTMLElement) => Math.abs(each.getBoundingClientRect().left - left)
    const [nearest] = here.sort((a, b) => distance(a) - distance(b))
    if (nearest) return nearest
  }
}

import { useEffect, useRef } from 'react'

/**
 * Single-letter keys of a page. They keep out of the way of typing, of the browser's own shortcuts and of open dialogs.
 */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>) {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      // A key held down moves on through a list; it must not accept twice.
      if (event.repeat && !MOVES.has(event.key)) return
      if (takesText(event.target) || document.querySelector('dialog[open], [role="menu"]')) return
      const act = latest.current[event.key]
      if (!act) return
      if (event.key === 'Enter' && (event.target as Element).closest('a, button')) return
      event.preventDefault()
      act(event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

const MOVES = new Set(['j', 'k'])

function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target.isContentEditable || target.matches('textarea, select')
}

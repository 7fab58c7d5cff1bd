import { useEffect } from 'react'

/** The bell in the browser's tab is red while somebody's answer is waited for. */
export function usePendingInTab(pending: number) {
  const href = pending > 0 ? '/bell-pending.svg' : '/bell.svg'
  useEffect(() => {
    document.querySelector('link[rel="icon"]')?.setAttribute('href', href)
    return () => document.querySelector('link[rel="icon"]')?.setAttribute('href', '/bell.svg')
  }, [href])
}

import type { QueryClient, QueryFilters } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'

export type LiveStatus = 'connecting' | 'live' | 'lost'

type LiveMessage =
  | { type: 'incident'; id: number; version: number }
  | { type: 'incidents' }
  | { type: 'alert-source'; id: number }
  | { type: 'sandbox' }

const REFETCH_INTERVAL_MS = 1000
const PING_INTERVAL_MS = 25_000
const PONG_TIMEOUT_MS = 10_000
const LONGEST_WAIT_MS = 30_000
/** Without the live feed pages stay right all the same, only slower. */
const POLL_INTERVAL_MS = 10_000

/** Follows the live feed for as long as somebody is signed in: what changed on the server is fetched again. */
export function followLive(queryClient: QueryClient): () => void {
  const refetch = throttledInvalidation(queryClient)
  let socket: WebSocket | undefined
  let attempt = 0
  let stopped = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let ping: ReturnType<typeof setInterval> | undefined
  let pongDue: ReturnType<typeof setTimeout> | undefined
  let poll: ReturnType<typeof setInterval> | undefined

  function connect() {
    clearTimeout(retry)
    socket?.close()
    const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/live`)
    socket = opened
    opened.onopen = () => {
      // What happened while nobody listened was missed: also between the page's first fetch and the first opening.
      refetch('everything', {})
      attempt = 0
      setStatus('live')
      clearInterval(poll)
      poll = undefined
      ping = setInterval(() => {
        opened.send('ping')
        pongDue ??= setTimeout(() => lose(opened), PONG_TIMEOUT_MS)
      }, PING_INTERVAL_MS)
    }
    opened.onmessage = ({ data }) => {
      clearTimeout(pongDue)
      pongDue = undefined
      if (data !== 'pong') receive(JSON.parse(data))
    }
    opened.onclose = () => lose(opened)
  }

  function lose(lost: WebSocket) {
    if (stopped || socket !== lost) return
    clearInterval(ping)
    clearTimeout(pongDue)
    pongDue = undefined
    // A connection that went dead without a word takes its time to close: nothing waits for that.
    socket = undefined
    lost.close()
    setStatus('lost')
    poll ??= setInterval(() => refetch('everything', {}), POLL_INTERVAL_MS)
    // Jitter: after a deployment every open dashboard comes back, though not in the same instant.
    retry = setTimeout(connect, Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempt++) * (0.5 + Math.random()))
  }

  function receive(message: LiveMessage) {
    if (message.type === 'incident') refetch(`incident ${message.id}`, incidentQueries(message.id))
    if (message.type === 'incidents') {
      refetch('incidents', { queryKey: ['incidents'] })
      refetch('alert sources', { queryKey: ['alert-sources'] })
    }
    if (message.type === 'alert-source') {
      refetch(`alert source ${message.id}`, { queryKey: ['alert-sources', message.id, 'live'] })
    }
    if (message.type === 'sandbox') refetch('sandbox', { queryKey: ['sandbox'] })
  }

  const connectNow = () => {
    if (status === 'lost') connect()
  }
  window.addEventListener('online', connectNow)
  connect()
  return () => {
    stopped = true
    clearInterval(ping)
    clearTimeout(pongDue)
    window.removeEventListener('online', connectNow)
    clearTimeout(retry)
    clearInterval(poll)
    socket?.close()
    setStatus('connecting')
  }
}

export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(subscribe, () => status)
}

/** An incident's queries are keyed by whatever the address named it, so the answer is looked at for its id. */
function incidentQueries(id: number): QueryFilters {
  return {
    predicate: ({ queryKey: [kind, name], state }) =>
      kind === 'incident' && (name === id || (state.data as { id?: number } | undefined)?.id === id),
  }
}

/**
 * A storm of changes costs one refetch a second. The next one also waits for the one before: cancelling it for a newer one
 * would never show anything while the server is slow.
 */
function throttledInvalidation(queryClient: QueryClient) {
  const due = new Map<string, QueryFilters>()
  let running = false

  async function run() {
    running = true
    while (due.size > 0) {
      const batch = [...due.values()]
      due.clear()
      const pause = new Promise((resolve) => setTimeout(resolve, REFETCH_INTERVAL_MS))
      await Promise.allSettled([pause, ...batch.map((filters) => queryClient.invalidateQueries(filters))])
    }
    running = false
  }

  return (name: string, filters: QueryFilters) => {
    due.set(name, filters)
    if (!running) run()
  }
}

let status: LiveStatus = 'connecting'
const listeners = new Set<() => void>()

function setStatus(next: LiveStatus) {
  if (status === next) return
  status = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

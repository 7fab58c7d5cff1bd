import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './api.ts'
import type { createDashboardRouter } from './router.ts'

/** A session that ended meanwhile leads to the sign-in page and back, from wherever it is noticed. */
export function createQueryClient(router: () => ReturnType<typeof createDashboardRouter>): QueryClient {
  const onError = (error: Error) => {
    const { pathname, href } = router().state.location
    if (!isUnauthorized(error) || PUBLIC_PAGES.test(pathname)) return
    router().navigate({ to: '/sign-in', search: { to: href } })
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // The server may well be on this machine: whether the internet is reachable says nothing.
        networkMode: 'always',
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && isPassing(error),
      },
      mutations: { networkMode: 'always' },
    },
  })
}

const PUBLIC_PAGES = /^\/(sign-in|setup|invitation)(\/|$)/

export const isUnauthorized = (error: unknown) => error instanceof ApiProblem && error.status === 401

/** Asking again may help: nobody answered, or the server was in trouble. */
const isPassing = (error: Error) => !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500

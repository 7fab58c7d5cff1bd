import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { queryString } from './api.ts'
import { ErrorPage, Loading, NotFoundPage } from './frame/states.tsx'
import { routeTree } from './routes.ts'

export function createDashboardRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingComponent: Loading,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    // Addresses are read aloud and typed: `?states=PENDING,ACCEPTED`, not JSON.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search: Record<string, string | number | string[] | number[] | undefined>) =>
      queryString(
        Object.fromEntries(
          Object.entries(search).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
        ),
      ).replaceAll('%2C', ','),
  })
}

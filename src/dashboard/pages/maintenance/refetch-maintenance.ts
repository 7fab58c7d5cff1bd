import type { QueryClient } from '@tanstack/react-query'

/** After a change: the windows, and the alert sources, whose status says that they are in maintenance. */
export async function refetchMaintenance(queryClient: QueryClient): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['maintenance-windows'] }),
    queryClient.invalidateQueries({ queryKey: ['alert-sources'] }),
  ])
}
